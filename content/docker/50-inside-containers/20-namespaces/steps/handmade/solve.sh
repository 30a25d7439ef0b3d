#!/bin/bash
unshare --uts sh -c 'hostname handmade; exec sleep 3601' </dev/null >/dev/null 2>&1 &
for _ in $(seq 50); do
  [ "$(nsenter --target $! --uts hostname)" = handmade ] && break
  sleep 0.2
done
hostname
nsenter --target $! --uts hostname
readlink /proc/$$/ns/uts /proc/$!/ns/uts
