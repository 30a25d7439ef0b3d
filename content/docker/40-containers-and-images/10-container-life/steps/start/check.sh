#!/bin/bash
engine_runs || fail docker-down
look web || fail no-container web
[ "$STATUS" = running ] || fail not-running running "$STATUS"
page=$(inside "$CPID" /www/index.html)
case $page in *changed*) ;; *) fail recreated '<h1>changed</h1>' "$page" ;; esac
exit 0
