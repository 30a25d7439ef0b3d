#!/bin/bash
engine_runs || fail docker-down
left=$(containers) || fail docker-down
! grep -qxE 'once|keep' <<<"$left" || fail still-there '(none)' "$(grep -xE 'once|keep' <<<"$left")"
for image in lab/hello:1.0 lab/base:1.0; do
  img "$image" || fail image-removed "$image"
done
exit 0
