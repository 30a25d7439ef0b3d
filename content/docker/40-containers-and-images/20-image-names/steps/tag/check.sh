#!/bin/bash
engine_runs || fail docker-down
stable=$(imgid my/web:stable) || fail no-tag my/web:stable
newer=$(imgid localhost:5001/lab/web:2.0)
[ "$stable" = "$newer" ] || fail other-image "$newer" "$stable"
exit 0
