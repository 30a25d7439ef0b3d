#!/bin/bash
set -e
docker run -d --name k1 lab/base:1.0 sleep 3600
docker exec k1 ps
PID=$(docker inspect -f '{{.State.Pid}}' k1)
ps -o pid,ppid,user,args -p "$PID"
readlink "/proc/$PID/ns/pid" /proc/self/ns/pid
