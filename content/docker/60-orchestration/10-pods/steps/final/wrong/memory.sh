#!/bin/bash
# 128 without a unit would be refused as too small; 128 bytes are not meant, and neither is no limit.
mkdir -p ~/final && cd ~/final || exit
hostname >index.html
printf 'FROM lab/base:1.0\nCOPY index.html /www/index.html\nCMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]\n' >Dockerfile
docker build -q -t final:1.0 .
docker run -d --name final -p 127.0.0.1:8099:80 final:1.0
