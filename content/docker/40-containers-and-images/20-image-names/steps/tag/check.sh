#!/bin/bash
engine_runs || fail docker-down
id() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }
stable=$(id my/web:stable) || fail no-tag my/web:stable
newer=$(id localhost:5001/lab/web:2.0)
[ "$stable" = "$newer" ] || fail other-image "$newer" "$stable"
exit 0
