#!/bin/bash
engine_runs || fail docker-down
look web || fail removed
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
exit 0
