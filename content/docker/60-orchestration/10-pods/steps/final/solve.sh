#!/bin/bash
set -e
mkdir -p ~/final && cd ~/final
hostname >index.html
printf 'FROM lab/base:1.0\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]\n' >Dockerfile
docker build -t final:1.0 .
docker rm -f final 2>/dev/null || true
docker run -d --name final --memory 128m -p 127.0.0.1:8099:80 final:1.0
docker start registry 2>/dev/null || docker run -d --name registry -p 127.0.0.1:5000:5000 lab/registry:1
curl -s --retry 20 --retry-all-errors --retry-delay 1 http://localhost:5000/v2/
docker tag final:1.0 localhost:5000/final:1.0
docker push localhost:5000/final:1.0
curl -s --retry 5 --retry-all-errors http://127.0.0.1:8099/
