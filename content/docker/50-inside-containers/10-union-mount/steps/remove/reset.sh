#!/bin/bash
# `u1` stopped, with its changes, its place noted; the image under its name.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker image inspect lab/web:1.0 >/dev/null 2>&1 || docker tag lab/web:latest lab/web:1.0
docker container inspect u1 >/dev/null 2>&1 || docker rename u1-old u1 2>/dev/null
if [ "$(cat "$(cat /root/upper.path 2>/dev/null)/memo.txt" 2>/dev/null)" != hi ] || ! docker container inspect u1 >/dev/null 2>&1; then
  docker rm -f u1 2>/dev/null
  docker run -d --name u1 lab/web:1.0
  docker exec u1 sh -c 'echo hi > /memo.txt; rm /www/index.html'
  PID=$(docker inspect -f '{{.State.Pid}}' u1)
  grep -o 'upperdir=[^,]*' "/proc/$PID/mountinfo" | cut -d= -f2 >/root/upper.path
fi
docker stop -t 0 u1
