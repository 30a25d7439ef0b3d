#!/bin/bash
# The page alone: no Dockerfile, no image.
systemctl start docker
mkdir -p /root/site
echo '<h1>my site 1</h1>' >/root/site/index.html
rm -f /root/site/Dockerfile
docker rm -f site 2>/dev/null
docker rmi -f site:1.0 2>/dev/null
exit 0
