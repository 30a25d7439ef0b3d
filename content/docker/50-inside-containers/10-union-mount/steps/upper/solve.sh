#!/bin/bash
set -e
docker run -d --name u1 lab/web:1.0
docker exec u1 sh -c 'echo hi > /memo.txt; rm /www/index.html'
docker diff u1
PID=$(docker inspect -f '{{.State.Pid}}' u1)
grep -o 'upperdir=[^,]*' "/proc/$PID/mountinfo" | cut -d= -f2 >/root/upper.path
ls -lR "$(cat /root/upper.path)"
grep -o 'lowerdir=[^,]*' "/proc/$PID/mountinfo" | cut -d= -f2 | tr : '\n'
docker image inspect -f '{{len .RootFS.Layers}}' lab/web:1.0
