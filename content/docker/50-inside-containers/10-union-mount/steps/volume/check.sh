#!/bin/bash
engine_runs || fail docker-down
place=$(docker volume inspect -f '{{.Mountpoint}}' notes 2>/dev/null) || fail no-volume notes
kept=$(cat "$place/n.txt" 2>/dev/null)
[ "$kept" = keep ] || fail no-data keep "${kept:-(none)}"
left=$(docker ps -a -f volume=notes --format '{{.Names}}' 2>/dev/null)
[ -z "$left" ] || fail container-left '(none)' "$left"
exit 0
