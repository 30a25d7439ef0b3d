#!/bin/bash
engine_runs || fail docker-down
seen=$(dins hello '{{.State.Status}}|{{.State.ExitCode}}') || fail no-container hello "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
[ "$seen" = 'exited|0' ] || fail not-finished 'exited, 0' "${seen/|/, }"
# hello on the practice machine, a longer greeting from hello-world.
docker logs hello 2>/dev/null | grep -qi hello || fail output hello "$(docker logs hello 2>&1 | head -n 1)"
exit 0
