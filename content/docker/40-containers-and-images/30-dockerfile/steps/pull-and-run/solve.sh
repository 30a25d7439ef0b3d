#!/bin/bash
set -e
docker rmi site:1.1 localhost:5000/site:1.1
docker run -d --name site -p 8081:80 localhost:5000/site:1.1
for _ in 1 2 3 4 5; do
  curl -fs http://localhost:8081/ && break
  sleep 1
done
