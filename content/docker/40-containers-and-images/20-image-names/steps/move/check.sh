#!/bin/bash
engine_runs || fail docker-down
stable=$(imgid my/web:stable) || fail no-tag my/web:stable
latest=$(imgid localhost:5001/lab/web:latest)
[ "$stable" = "$latest" ] || fail not-moved "$latest" "$stable"
[ "$latest" != "$(imgid localhost:5001/lab/web:2.0)" ] || fail source-moved
exit 0
