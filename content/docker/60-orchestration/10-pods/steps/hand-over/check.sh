#!/bin/bash
need podman
names=$(podman images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null) || broken 'podman images does not answer.'
for image in lab/base:1.0 lab/web:1.0; do
  grep -qE "^(localhost|docker\.io)/$image\$" <<<"$names" && continue
  engine_runs || fail docker-down
  fail not-loaded "$image" "${names:-(none)}"
done
exit 0
