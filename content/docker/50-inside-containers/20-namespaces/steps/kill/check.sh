#!/bin/bash
engine_runs || fail docker-down
look n1 || fail no-container n1
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
[ "$CODE" = 137 ] || fail exit-code 137 "$CODE"
# The engine writes down whether the end was asked of it.
! grep -q '"HasBeenManuallyStopped":true' "$FOLDER/config.v2.json" 2>/dev/null || fail by-docker
exit 0
