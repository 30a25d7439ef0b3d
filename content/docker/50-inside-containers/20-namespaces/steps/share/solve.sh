#!/bin/bash
set -e
docker run -d --name n3 --network container:n2 lab/base:1.0 sleep 3600
docker exec n2 ip -o -4 addr show eth0
docker exec n3 ip -o -4 addr show eth0
docker exec -d n2 httpd -f -p 8000 -h /etc
for _ in $(seq 20); do
  docker exec n3 wget -qO- http://localhost:8000/os-release && break
  sleep 0.5
done
docker exec n3 ps
