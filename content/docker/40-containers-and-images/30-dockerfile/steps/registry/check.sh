#!/bin/bash
engine_runs || fail docker-down
look registry || fail no-container registry "$(containers)"
[ "$STATUS" = running ] || fail not-running running "$STATUS"
case $PORTS in *:5000:5000/tcp\ *) ;; *) fail port 5000:5000/tcp "${PORTS:-(none)}" ;; esac
case " $PORTS" in *' 127.'*:5000:5000/tcp\ * | *' ::1:5000:5000/tcp '*) ;; *) fail open-to-all 127.0.0.1 "$PORTS" ;; esac
for _ in 1 2 3; do
  answers http://localhost:5000/v2/ && exit 0
  sleep 1
done
fail no-answer
