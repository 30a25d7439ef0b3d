#!/bin/bash
engine_runs || fail docker-down
need curl
curl -fsS -m 5 -o /dev/null http://localhost:5000/v2/ 2>/dev/null || fail registry-down
curl -fsSI -m 5 -o /dev/null -H 'Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json' \
  http://localhost:5000/v2/site/manifests/1.1 2>/dev/null || fail not-pushed localhost:5000/site:1.1
exit 0
