#!/bin/bash
# The command of the base image left in place.
cd /root/site || exit
cat >Dockerfile <<'DF'
FROM lab/base:1.0
LABEL org.opencontainers.image.title="site"
WORKDIR /www
COPY index.html .
EXPOSE 80
DF
docker build -t site:1.0 .
