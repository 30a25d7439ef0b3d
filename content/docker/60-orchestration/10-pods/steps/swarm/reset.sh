#!/bin/bash
# Out of the swarm, with all its services. Leaving can time out while containers end; then it is repeated.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
for _ in 1 2 3 4 5; do
  [ "$(docker info -f '{{.Swarm.LocalNodeState}}')" = inactive ] && exit 0
  docker swarm leave --force
done
[ "$(docker info -f '{{.Swarm.LocalNodeState}}')" = inactive ]
