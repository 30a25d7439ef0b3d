#!/bin/bash
engine_runs || fail docker-down
look web || fail no-container web
[ "$STATUS" = running ] || fail not-running running "$STATUS"
docker logs web 2>&1 | grep -q 'response:404' || fail no-request
exit 0
