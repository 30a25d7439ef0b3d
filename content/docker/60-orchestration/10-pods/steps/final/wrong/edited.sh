#!/bin/bash
# Right in the container, not in the image.
mkdir -p ~/final && cd ~/final || exit
echo '<h1>final</h1>' >index.html
printf 'FROM lab/base:1.0\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]\n' >Dockerfile
docker build -q -t final:1.0 .
docker run -d --name final --memory 128m -p 127.0.0.1:8099:80 final:1.0
docker exec final sh -c 'hostname=$1; echo "$hostname" >/www/index.html' sh "$(hostname)"
