#!/bin/bash
engine_runs || fail docker-down
! img site:1.1 || fail local-copy '(none)' site:1.1
look site || fail no-container site "$(containers)"
case $IMAGE in localhost:5000/site:1.1 | localhost:5000/site@sha256:*) ;; *) fail other-image localhost:5000/site:1.1 "$IMAGE" ;; esac
[ "$STATUS" = running ] || fail not-running running "$STATUS"
case $PORTS in *:8081:80/tcp\ *) ;; *) fail port 8081:80/tcp "${PORTS:-(none)}" ;; esac
answers http://localhost:8081/ || fail no-answer
exit 0
