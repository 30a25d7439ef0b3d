#!/bin/bash
# Only the network shared.
podman pod create --name webpod --share net -p 8090:80
podman run -d --pod webpod --name app lab/web:1.0
podman run -d --pod webpod --name side lab/base:1.0 sleep 3600
