#!/bin/bash
# The command without brackets.
cd /root/site || exit
cat >Dockerfile <<'DF'
FROM lab/base:1.0
LABEL org.opencontainers.image.title="site"
WORKDIR /www
COPY index.html .
EXPOSE 80
CMD httpd -f -v -p 80 -h /www
DF
docker build -t site:1.0 .
