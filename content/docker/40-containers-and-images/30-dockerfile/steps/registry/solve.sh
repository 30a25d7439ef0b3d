#!/bin/bash
set -e
docker run -d --name registry --restart unless-stopped -p 127.0.0.1:5000:5000 lab/registry:1
for _ in 1 2 3 4 5; do
  curl -fs http://localhost:5000/v2/_catalog && break
  sleep 1
done
