#!/bin/bash
engine_runs || fail docker-down
id() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }
stable=$(id my/web:stable) || fail no-tag my/web:stable
latest=$(id localhost:5001/lab/web:latest)
[ "$stable" = "$latest" ] || fail not-moved "$latest" "$stable"
[ "$latest" != "$(id localhost:5001/lab/web:2.0)" ] || fail source-moved
exit 0
