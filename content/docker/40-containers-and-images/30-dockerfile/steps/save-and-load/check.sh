#!/bin/bash
engine_runs || fail docker-down
manifest=$(tar -xOf /root/site.tar manifest.json 2>/dev/null)
[ -n "$manifest" ] || fail no-archive
case $manifest in *'localhost:5000/site:1.1"'*) ;; *) fail no-name localhost:5000/site:1.1 ;; esac
! look site || fail container-left
img localhost:5000/site:1.1 || fail not-loaded localhost:5000/site:1.1
exit 0
