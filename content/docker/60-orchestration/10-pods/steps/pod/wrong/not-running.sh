#!/bin/bash
# The command forgotten: the image's shell ends at once.
podman pod create --name webpod -p 8090:80
podman run -d --pod webpod --name app lab/web:1.0
podman run -d --pod webpod --name side lab/base:1.0
podman wait side
