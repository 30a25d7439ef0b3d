#!/bin/bash
set -e
docker rm -f "$(docker ps -q -f name=websvc | head -n 1)"
# The new copy needs a few seconds, many more on a slow machine.
while [ "$SECONDS" -lt 150 ]; do
  [ -z "$(docker service ps -q -f desired-state=shutdown websvc)" ] ||
    [ "$(docker service ls -f name=websvc --format '{{.Replicas}}')" != 2/2 ] || break
  sleep 1
done
docker service ps websvc
