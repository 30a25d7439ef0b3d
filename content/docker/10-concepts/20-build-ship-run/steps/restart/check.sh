#!/bin/bash
engine_runs || fail docker-down
need ps date
look keep || { engine /_ping >/dev/null || fail docker-down; fail removed keep; }
age=$(ps -o etimes= -p "$(pgrep -o -x dockerd)") || fail docker-down
started=$(($(date +%s) - age))
ended=$(date -d "$FINISHED" +%s) || broken 'The time at which keep ended cannot be read.'
# Both times are cut to whole seconds.
[ $((started + 1)) -ge "$ended" ] || fail not-restarted
exit 0
