#!/bin/bash
engine_runs || fail docker-down
state=$(docker info -f '{{.Swarm.LocalNodeState}}' 2>/dev/null)
[ "$state" = inactive ] || fail still-swarm inactive "$state"
exit 0
