#!/bin/bash
engine_runs || fail docker-down
look hello || fail no-container hello "$(containers)"
[ "$STATUS $CODE" = 'exited 0' ] || fail not-finished 'exited, 0' "$STATUS, $CODE"
# hello on the practice machine, a longer greeting from hello-world.
logs hello | grep -qi hello || fail output hello "$(logs hello | head -n 1)"
exit 0
