#!/bin/bash
engine_runs || fail docker-down
for name in /root/lower/Dockerfile /root/cf/Dockerfile; do
  [ ! -e "$name" ] || fail renamed '(none)' "$name"
done
label() { pick '"lab\.file":"([^"]*)"' "$(image "$1")"; }
label lab/hello:lower
[ "$PICKED" = lowercase ] || fail lower lowercase "${PICKED:-(none)}"
label lab/hello:cf
[ "$PICKED" = containerfile ] || fail cf containerfile "${PICKED:-(none)}"
exit 0
