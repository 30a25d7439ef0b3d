#!/bin/bash
# An empty registry; site:1.1 is here under its short name only.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f site 2>/dev/null
docker image inspect site:1.1 >/dev/null 2>&1 || docker tag localhost:5000/site:1.1 site:1.1 2>/dev/null || docker build -q -t site:1.1 /root/site
docker rmi -f localhost:5000/site:1.1 2>/dev/null
docker rm -f -v registry 2>/dev/null
docker run -d --name registry --restart unless-stopped -p 127.0.0.1:5000:5000 lab/registry:1
for _ in 1 2 3 4 5; do
  curl -fs -o /dev/null http://localhost:5000/v2/ && break
  sleep 1
done
exit 0
