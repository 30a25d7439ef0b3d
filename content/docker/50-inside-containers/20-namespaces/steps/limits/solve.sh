#!/bin/bash
set -e
docker run -d --name n2 --memory 64m --pids-limit 20 lab/base:1.0 sleep 3600
PID=$(docker inspect -f '{{.State.Pid}}' n2)
cat "/proc/$PID/cgroup"
docker run --rm --pids-limit 20 lab/base:1.0 sh -c 'for i in $(seq 30); do sleep 3 & done' || true
