#!/bin/bash
engine_runs || fail docker-down
look k1 || fail no-container k1
[ "$STATUS" = running ] || fail not-running running "$STATUS"
program=$(cmdline "$CPID")
case $program in *sleep*) ;; *) fail wrong-program 'sleep 3600' "$program" ;; esac
[ "$(ns "$CPID" pid)" != "$(ns 1 pid)" ] || fail same-namespace
exit 0
