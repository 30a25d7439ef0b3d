#!/bin/bash
# Both images of the registry, without the label of our own.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker hub
docker pull -q localhost:5001/lab/web:2.0
docker pull -q localhost:5001/lab/web
docker rmi -f my/web:stable my/web:latest 2>/dev/null
exit 0
