#!/bin/bash
engine_runs || fail docker-down
stopped=$(docker ps -a -f status=exited -f status=created -f status=dead --format '{{.Names}}' 2>/dev/null) || broken 'docker ps does not answer.'
! grep -qx leftover <<<"$stopped" || fail leftover '(none)' "$stopped"
running web || fail web-gone
[ -z "$stopped" ] || fail exited-left '(none)' "$stopped"
exit 0
