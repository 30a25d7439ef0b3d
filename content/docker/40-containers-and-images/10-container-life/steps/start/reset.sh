#!/bin/bash
# `web` stopped, with the page changed by hand.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
page=$(docker cp web:/www/index.html - 2>/dev/null | tar -xO 2>/dev/null)
case $page in
*changed*) ;;
*)
  docker rm -f web 2>/dev/null
  docker run -d --name web -p 8080:80 lab/web:1.0
  docker exec web sh -c 'echo "<h1>changed</h1>" > /www/index.html'
  ;;
esac
docker stop -t 0 web
