#!/bin/bash
engine_runs || fail docker-down
seen=$(dins n1 '{{.State.Status}} {{.State.ExitCode}} {{.ResolvConfPath}}') || fail no-container n1
read -r status code path <<<"$seen"
[ "$status" = exited ] || fail still-running exited "$status"
[ "$code" = 137 ] || fail exit-code 137 "$code"
# The engine writes down whether the end was asked of it.
! grep -q '"HasBeenManuallyStopped":true' "${path%/*}/config.v2.json" 2>/dev/null || fail by-docker
exit 0
