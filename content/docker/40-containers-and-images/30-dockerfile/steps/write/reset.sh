#!/bin/bash
# The page alone: no Dockerfile, no image.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
mkdir -p /root/site
echo '<h1>my site 1</h1>' >/root/site/index.html
rm -f /root/site/Dockerfile
docker rm -f site 2>/dev/null
docker rmi -f site:1.0 2>/dev/null
exit 0
