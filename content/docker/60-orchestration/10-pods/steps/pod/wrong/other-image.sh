#!/bin/bash
# The wrong tag.
podman pod create --name webpod -p 8090:80
podman create --pod webpod --name app lab/base:1.0 sleep 3600
podman create --pod webpod --name side lab/base:1.0 sleep 3600
