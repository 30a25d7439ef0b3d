#!/bin/bash
engine_runs || fail docker-down
look web || fail no-container web
[ "$STATUS" = running ] || fail not-running running "$STATUS"
[ "$IMAGE" = lab/web:1.0 ] || fail other-image lab/web:1.0 "$IMAGE"
page=$(inside "$CPID" /www/index.html)
case $page in *'lab web v1'*) ;; *) fail old-container '<h1>lab web v1</h1>' "$page" ;; esac
! changed web /www/index.html || fail edited
exit 0
