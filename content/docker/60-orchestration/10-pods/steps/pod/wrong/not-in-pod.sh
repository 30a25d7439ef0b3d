#!/bin/bash
# The pod forgotten with the second container.
podman pod create --name webpod -p 8090:80
podman run -d --pod webpod --name app lab/web:1.0
podman run -d --name side lab/base:1.0 sleep 3600
