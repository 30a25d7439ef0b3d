#!/bin/bash
# The pod comes with its first container.
set -e
podman run -d --pod new:webpod -p 8090:80 --name app lab/web:1.0
podman run -d --pod webpod --name side lab/base:1.0 sleep 3600
