#!/bin/bash
# No pod, and the two names free.
podman pod rm -f -t 1 webpod 2>/dev/null
for name in app side; do
  podman rm -f -t 1 "$name" 2>/dev/null
done
exit 0
