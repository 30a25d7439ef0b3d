#!/bin/bash
set -e
podman pod create --name webpod -p 8090:80
podman run -d --pod webpod --name app lab/web:1.0
podman run -d --pod webpod --name side lab/base:1.0 sleep 3600
podman ps --pod
curl -s --retry 5 --retry-all-errors http://localhost:8090/
