#!/bin/bash
engine_runs || fail docker-down
need curl
digest=$(rdigest 5001 lab/web 2.0)
[ -n "$digest" ] || fail hub-down
look pinned || fail no-container pinned "$(containers)"
[ "$STATUS" = running ] || fail not-running running "$STATUS"
case $IMAGE in
*"@$digest") ;;
*) fail not-digest "localhost:5001/lab/web@$digest" "$IMAGE" ;;
esac
exit 0
