#!/bin/bash
engine_runs || fail docker-down
look once || fail no-container once "$(containers)"
if [ "$IMAGE" != lab/hello:1.0 ]; then
  # By its id it is the same image.
  [ "$IMAGE_ID" = "$(imgid lab/hello:1.0)" ] || fail other-image lab/hello:1.0 "$IMAGE"
fi
[ "$STATUS" = exited ] || fail not-exited exited "$STATUS"
[ "$CODE" = 0 ] || fail exit-code 0 "$CODE"
exit 0
