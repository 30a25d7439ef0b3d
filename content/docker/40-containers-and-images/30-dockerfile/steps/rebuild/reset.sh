#!/bin/bash
# The first page and site:1.0 built from it, by the learner's own Dockerfile if that works.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
cd /root/site || exit
echo '<h1>my site 1</h1>' >index.html
docker rm -f site 2>/dev/null
docker rmi -f site:1.1 2>/dev/null
docker build -q -t site:1.0 . && exit
cat >Dockerfile <<'DF'
FROM lab/base:1.0
LABEL org.opencontainers.image.title="site"
WORKDIR /www
COPY index.html .
EXPOSE 80
CMD ["httpd", "-f", "-v", "-p", "80", "-h", "/www"]
DF
docker build -q -t site:1.0 .
