#!/bin/bash
# A service told not to start anything again.
docker service rm websvc
docker service create --quiet --name websvc --replicas 2 --restart-condition none lab/web:1.0
docker rm -f "$(docker service ps -q -f desired-state=running websvc | head -n 1 | xargs docker inspect -f '{{.Status.ContainerStatus.ContainerID}}')"
for _ in $(seq 60); do
  [ "$(docker service ls -f name=websvc --format '{{.Replicas}}')" = 2/2 ] || break
  sleep 1
done
