#!/bin/bash
engine_runs || fail docker-down
for name in /root/lower/Dockerfile /root/cf/Dockerfile; do
  [ ! -e "$name" ] || fail renamed '(none)' "$name"
done
label() { docker image inspect -f '{{index .Config.Labels "lab.file"}}' "$1" 2>/dev/null; }
seen=$(label lab/hello:lower)
[ "$seen" = lowercase ] || fail lower lowercase "${seen:-(none)}"
seen=$(label lab/hello:cf)
[ "$seen" = containerfile ] || fail cf containerfile "${seen:-(none)}"
exit 0
