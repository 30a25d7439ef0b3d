#!/bin/bash
engine_runs || fail docker-down
need ps date
finished=$(dins keep '{{.State.FinishedAt}}') || { docker info >/dev/null 2>&1 || fail docker-down; fail removed keep; }
age=$(ps -o etimes= -p "$(pgrep -o -x dockerd)") || fail docker-down
started=$(($(date +%s) - age))
ended=$(date -d "$finished" +%s) || broken 'The time at which keep ended cannot be read.'
# Both times are cut to whole seconds.
[ $((started + 1)) -ge "$ended" ] || fail not-restarted
exit 0
