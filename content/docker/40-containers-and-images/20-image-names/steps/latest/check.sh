#!/bin/bash
engine_runs || fail docker-down
id() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }
newer=$(id localhost:5001/lab/web:2.0) || fail not-pulled localhost:5001/lab/web:2.0
latest=$(id localhost:5001/lab/web:latest) || fail not-pulled localhost:5001/lab/web:latest
[ "$latest" != "$newer" ] || fail retagged
exit 0
