#!/bin/bash
# Two copies, and nothing lost yet.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
[ "$(docker info -f '{{.Swarm.LocalNodeState}}')" = active ] || docker swarm init --advertise-addr ens33
lost=$(docker service ps -q -f desired-state=shutdown websvc 2>/dev/null)
[ "$(docker service ls -f name=websvc --format '{{.Replicas}}') $lost" = '2/2 ' ] && exit 0
docker service rm websvc 2>/dev/null
docker service create --quiet --name websvc --replicas 2 lab/web:1.0
