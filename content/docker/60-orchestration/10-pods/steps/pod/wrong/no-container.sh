#!/bin/bash
# One container is missing.
podman pod create --name webpod -p 8090:80
podman run -d --pod webpod --name app lab/web:1.0
