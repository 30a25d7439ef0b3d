#!/bin/bash
engine_runs || fail docker-down
stopped=$(containers status exited created dead) || broken 'Docker does not say which containers there are.'
! grep -qx leftover <<<"$stopped" || fail leftover '(none)' "$stopped"
look web && [ "$STATUS" = running ] || fail web-gone
[ -z "$stopped" ] || fail exited-left '(none)' "$stopped"
exit 0
