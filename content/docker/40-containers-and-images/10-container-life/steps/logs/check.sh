#!/bin/bash
engine_runs || fail docker-down
look web || fail no-container web
[ "$STATUS" = running ] || fail not-running running "$STATUS"
logs web | grep -q 'response:404' || fail no-request
exit 0
