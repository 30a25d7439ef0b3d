#!/bin/bash
engine_runs || fail docker-down
look web || fail no-container web "$(containers)"
[ "$STATUS" = running ] || fail not-running running "$STATUS"
[ "$IMAGE" = lab/web:1.0 ] || fail other-image lab/web:1.0 "$IMAGE"
case $PORTS in *:8080:80/tcp\ *) ;; *) fail port 8080:80/tcp "${PORTS:-(none)}" ;; esac
answers http://localhost:8080/ || fail no-answer
exit 0
