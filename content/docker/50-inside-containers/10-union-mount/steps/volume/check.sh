#!/bin/bash
engine_runs || fail docker-down
seen=$(engine /volumes/notes) || fail no-volume notes
pick '"Mountpoint":"([^"]*)"' "$seen"
place=$PICKED
kept=$(cat "$place/n.txt" 2>/dev/null)
[ "$kept" = keep ] || fail no-data keep "${kept:-(none)}"
left=$(containers volume notes)
[ -z "$left" ] || fail container-left '(none)' "$left"
exit 0
