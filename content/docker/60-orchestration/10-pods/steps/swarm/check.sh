#!/bin/bash
engine_runs || fail docker-down
services=$(docker service ls --format '{{.Name}}|{{.Replicas}}|{{.Image}}' 2>/dev/null) || fail no-swarm
IFS='|' read -r name replicas image < <(grep '^websvc|' <<<"$services")
[ -n "$name" ] || fail no-service websvc "${services%%|*}"
case $image in lab/web:1.0*) ;; *) fail other-image lab/web:1.0 "$image" ;; esac
replicas=${replicas%% *}
[ "${replicas#*/}" = 2 ] || fail replicas 2 "${replicas#*/}"
[ "$replicas" = 2/2 ] || fail not-running 2/2 "$replicas"
exit 0
