#!/bin/bash
set -e
docker run -d --name n1 lab/base:1.0 sleep 3600
PID=$(docker inspect -f '{{.State.Pid}}' n1)
readlink /proc/1/ns/{pid,net,mnt,uts,ipc,user}
readlink "/proc/$PID/ns/"{pid,net,mnt,uts,ipc,user}
lsns -p "$PID"
