#!/bin/bash
# `web` running, with the page changed by hand.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker container inspect web >/dev/null 2>&1 || docker run -d --name web -p 8080:80 lab/web:1.0
docker unpause web 2>/dev/null
docker start web
docker exec web sh -c 'echo "<h1>changed</h1>" > /www/index.html'
