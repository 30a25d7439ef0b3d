#!/bin/bash
# Of the 2.0 in the registry, however it is stored here.
digest=$(curl -fsSI -m 5 -H 'Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json' \
  http://localhost:5001/v2/lab/web/manifests/2.0 2>/dev/null | tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }')
digest=${digest#sha256:}
[ -n "$digest" ] || exit 1
printf '%s\n' "${digest:0:12}"
