#!/bin/bash
# The infra container counts.
podman pod inspect -f '{{.NumContainers}}' webpod 2>/dev/null
