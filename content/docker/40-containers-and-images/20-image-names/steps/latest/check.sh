#!/bin/bash
engine_runs || fail docker-down
newer=$(imgid localhost:5001/lab/web:2.0) || fail not-pulled localhost:5001/lab/web:2.0
latest=$(imgid localhost:5001/lab/web:latest) || fail not-pulled localhost:5001/lab/web:latest
[ "$latest" != "$newer" ] || fail retagged
exit 0
