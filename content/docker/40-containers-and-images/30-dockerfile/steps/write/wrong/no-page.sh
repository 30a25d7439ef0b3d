#!/bin/bash
# COPY before WORKDIR puts the page into the root folder.
cd /root/site || exit
cat >Dockerfile <<'DF'
FROM lab/base:1.0
LABEL org.opencontainers.image.title="site"
COPY index.html .
WORKDIR /www
EXPOSE 80
CMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]
DF
docker build -t site:1.0 .
