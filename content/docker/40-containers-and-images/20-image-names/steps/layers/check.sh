#!/bin/bash
engine_runs || fail docker-down
for image in lab/base:1.0 lab/web:1.0; do
  img "$image" || fail no-image "$image"
done
exit 0
