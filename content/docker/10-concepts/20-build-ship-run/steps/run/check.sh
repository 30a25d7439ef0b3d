#!/bin/bash
engine_runs || fail docker-down
look once || fail no-container once "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
if [ "$IMAGE" != lab/hello:1.0 ]; then
  # By its id it is the same image.
  [ "$(dins once '{{.Image}}')" = "$(docker image inspect -f '{{.Id}}' lab/hello:1.0 2>/dev/null)" ] || fail other-image lab/hello:1.0 "$IMAGE"
fi
[ "$STATUS" = exited ] || fail not-exited exited "$STATUS"
code=$(dins once '{{.State.ExitCode}}')
[ "$code" = 0 ] || fail exit-code 0 "$code"
exit 0
