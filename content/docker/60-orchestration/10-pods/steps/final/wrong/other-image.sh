#!/bin/bash
# The container runs what was there before.
mkdir -p ~/final && cd ~/final || exit
hostname >index.html
printf 'FROM lab/base:1.0\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]\n' >Dockerfile
docker build -q -t final:1.0 .
docker run -d --name final --memory 128m -p 127.0.0.1:8099:80 lab/web:1.0
