#!/bin/bash
# Podman without the two images, and whatever runs from them gone too.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
podman pod rm -f -t 1 webpod 2>/dev/null
for image in lab/base:1.0 lab/web:1.0; do
  podman rmi -f "localhost/$image" "docker.io/$image" 2>/dev/null
done
exit 0
