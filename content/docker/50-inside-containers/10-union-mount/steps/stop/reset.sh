#!/bin/bash
# `u1` running, with its changes, and its place noted.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker unpause u1 2>/dev/null
docker start u1 2>/dev/null
if [ "$(cat "$(cat /root/upper.path 2>/dev/null)/memo.txt" 2>/dev/null)" != hi ] || [ "$(docker exec u1 cat /memo.txt 2>/dev/null)" != hi ]; then
  docker rm -f u1 2>/dev/null
  docker run -d --name u1 lab/web:1.0
  docker exec u1 sh -c 'echo hi > /memo.txt; rm /www/index.html'
  PID=$(docker inspect -f '{{.State.Pid}}' u1)
  grep -o 'upperdir=[^,]*' "/proc/$PID/mountinfo" | cut -d= -f2 >/root/upper.path
fi
