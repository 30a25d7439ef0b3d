#!/bin/bash
# Something else pushed under the name, then built anew.
docker start registry 2>/dev/null || docker run -d --name registry -p 127.0.0.1:5000:5000 lab/registry:1
curl -s --retry 20 --retry-all-errors --retry-delay 1 http://localhost:5000/v2/
docker tag lab/web:1.0 localhost:5000/final:1.0
docker push -q localhost:5000/final:1.0
mkdir -p ~/final && cd ~/final || exit
hostname >index.html
printf 'FROM lab/base:1.0\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]\n' >Dockerfile
docker build -q -t final:1.0 .
docker run -d --name final --memory 128m -p 127.0.0.1:8099:80 final:1.0
