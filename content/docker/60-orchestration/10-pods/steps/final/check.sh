#!/bin/bash
engine_runs || fail docker-down
made=$(image final:1.0) || fail no-image final:1.0
lower=$(layers lab/base:1.0) || fail base lab/base:1.0
case $(layers final:1.0) in "$lower"$'\n'*) ;; *) fail base lab/base:1.0 ;; esac

look final || fail no-container final "$(containers)"
pick '"Id":"([^"]*)"' "$made"
id=$PICKED
[ "$IMAGE_ID" = "$id" ] || fail other-image "$id" "$IMAGE_ID"
[ "$STATUS" = running ] || fail not-running running "$STATUS"
memory=$(memlimit "$CPID") || broken 'The memory limit of final cannot be read from its cgroup.'
[ "$memory" = 134217728 ] || fail memory 134217728 "$memory"
[ "$PORTS" = '127.0.0.1:8099:80/tcp ' ] || fail port 127.0.0.1:8099:80/tcp "${PORTS:-(none)}"

host=$(cat /proc/sys/kernel/hostname)
text=$(inside "$CPID" /www/index.html | sed 's/<[^>]*>//g' | tr -d '[:space:]')
[ "$text" = "$host" ] || fail page "$host" "$text"
! changed final /www/index.html || fail edited
answers http://127.0.0.1:8099/ || fail no-answer

answers http://localhost:5000/v2/ || fail registry-down
digest=$(rdigest 5000 final 1.0)
[ -n "$digest" ] || fail not-pushed localhost:5000/final:1.0
case $made in *"final@$digest"*) ;; *) fail old-push ;; esac
exit 0
