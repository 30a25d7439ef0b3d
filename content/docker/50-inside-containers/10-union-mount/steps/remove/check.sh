#!/bin/bash
engine_runs || fail docker-down
names=$(containers) || fail docker-down
! grep -qx u1 <<<"$names" || fail container-left '(none)' u1
dir=$(cat /root/upper.path 2>/dev/null)
[ -n "$dir" ] || fail no-path
[ ! -e "$dir" ] || fail upper-left '(none)' "$dir"
img lab/web:1.0 || fail image-gone lab/web:1.0
exit 0
