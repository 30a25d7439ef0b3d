#!/bin/bash
# A lower directory instead of the upper one.
docker run -d --name u1 lab/web:1.0
docker exec u1 sh -c 'echo hi > /memo.txt; rm /www/index.html'
PID=$(docker inspect -f '{{.State.Pid}}' u1)
grep -o 'lowerdir=[^:,]*' "/proc/$PID/mountinfo" | cut -d= -f2 >/root/upper.path
