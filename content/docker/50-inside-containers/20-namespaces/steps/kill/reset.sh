#!/bin/bash
# `n1` running.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker container inspect n1 >/dev/null 2>&1 || docker run -d --name n1 lab/base:1.0 sleep 3600
if ! docker start n1 || [ "$(docker inspect -f '{{join .Config.Cmd " "}}' n1)" != 'sleep 3600' ]; then
  docker rm -f n1
  docker run -d --name n1 lab/base:1.0 sleep 3600
fi
