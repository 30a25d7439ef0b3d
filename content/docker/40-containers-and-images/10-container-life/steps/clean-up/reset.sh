#!/bin/bash
# `web` running from its image, `leftover` back, nothing else of this step.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f temp 2>/dev/null
docker container inspect web >/dev/null 2>&1 || docker run -d --name web -p 8080:80 lab/web:1.0
docker start web
docker container inspect leftover >/dev/null 2>&1 || docker run --name leftover lab/base:1.0 true
