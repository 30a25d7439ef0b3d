#!/bin/bash
need_engine
need_running k1
program=$(cmdline "$CPID")
case $program in *sleep*) ;; *) fail wrong-program 'sleep 3600' "$program" ;; esac
[ "$(ns "$CPID" pid)" != "$(ns 1 pid)" ] || fail same-namespace
exit 0
