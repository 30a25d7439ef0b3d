#!/bin/bash
podman exec side ls /www
podman exec side wget -qO- http://127.0.0.1:80/
podman exec app hostname
podman exec side hostname
podman run --rm --pod webpod lab/web:1.0
exit 0
