#!/bin/bash
engine_runs || fail docker-down
replicas=$(docker service ls -f name=websvc --format '{{.Replicas}}' 2>/dev/null)
[ -n "$replicas" ] || fail no-service websvc
[ -n "$(docker service ps -q -f desired-state=shutdown websvc 2>/dev/null)" ] || fail nothing-lost
[ "${replicas%% *}" = 2/2 ] || fail not-yet 2/2 "${replicas%% *}"
exit 0
