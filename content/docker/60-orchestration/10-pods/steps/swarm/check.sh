#!/bin/bash
engine_runs || fail docker-down
services=$(engine /services) || fail no-swarm
replicas websvc || { pick '"Spec":\{"Name":"([^"]*)"' "$services"; fail no-service websvc "$PICKED"; }
case $IMAGE in lab/web:1.0*) ;; *) fail other-image lab/web:1.0 "$IMAGE" ;; esac
[ "$WANTED" = 2 ] || fail replicas 2 "$WANTED"
[ "$RUNNING" = 2 ] || fail not-running 2/2 "$RUNNING/2"
exit 0
