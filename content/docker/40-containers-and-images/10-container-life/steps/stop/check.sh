#!/bin/bash
engine_runs || fail docker-down
state=$(status web) || fail removed
[ "$state" = exited ] || fail still-running exited "$state"
exit 0
