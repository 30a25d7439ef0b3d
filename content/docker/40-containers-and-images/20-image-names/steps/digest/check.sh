#!/bin/bash
engine_runs || fail docker-down
need curl
digest=$(curl -fsSI -m 5 -H 'Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json' \
  http://localhost:5001/v2/lab/web/manifests/2.0 2>/dev/null | tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }')
[ -n "$digest" ] || fail hub-down
look pinned || fail no-container pinned "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
[ "$STATUS" = running ] || fail not-running running "$STATUS"
case $IMAGE in
*"@$digest") ;;
*) fail not-digest "localhost:5001/lab/web@$digest" "$IMAGE" ;;
esac
exit 0
