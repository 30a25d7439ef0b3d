#!/bin/bash
engine_runs || fail docker-down
pick '"LocalNodeState":"([a-z]+)"' "$(engine /info)"
state=$PICKED
[ "$state" = inactive ] || fail still-swarm inactive "$state"
exit 0
