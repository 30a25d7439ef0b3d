#!/bin/bash
set -e
docker rm -f "$(docker ps -q -f name=websvc | head -n 1)"
# The new copy needs a few seconds, many more on a slow machine.
for _ in $(seq 150); do
  [ "$(docker service ps -q -f desired-state=shutdown websvc | wc -l) $(docker service ls -f name=websvc --format '{{.Replicas}}')" != '1 2/2' ] || break
  sleep 1
done
docker service ps websvc
