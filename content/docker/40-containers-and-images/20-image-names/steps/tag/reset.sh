#!/bin/bash
# Both images of the registry, without the label of our own.
systemctl start docker hub
docker pull -q localhost:5001/lab/web:2.0
docker pull -q localhost:5001/lab/web
docker rmi -f my/web:stable my/web:latest 2>/dev/null
exit 0
