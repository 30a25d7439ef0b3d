#!/bin/bash
# `n2` as the limits step leaves it, and no `n3`.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f n3 2>/dev/null
[ "$(docker container inspect -f '{{.HostConfig.PidsLimit}}' n2 2>/dev/null)" = 20 ] || docker rm -f n2 2>/dev/null
docker container inspect n2 >/dev/null 2>&1 || docker run -d --name n2 --memory 64m --pids-limit 20 lab/base:1.0 sleep 3600
docker start n2
