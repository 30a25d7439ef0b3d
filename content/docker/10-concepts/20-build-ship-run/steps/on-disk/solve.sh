#!/bin/bash
set -e
docker run --name keep lab/base:1.0 sh -c 'echo memo > /memo.txt'
docker inspect -f '{{.State.Status}} pid={{.State.Pid}}' keep
docker cp keep:/memo.txt /root/memo.txt
cat /root/memo.txt
