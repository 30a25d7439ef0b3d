#!/bin/bash
# The program as ENTRYPOINT, its options as CMD, the page by ADD.
set -e
cd /root/site
cat >Dockerfile <<'DF'
FROM lab/base:1.0
WORKDIR /www
ADD index.html ./
EXPOSE 80/tcp
ENTRYPOINT ["httpd"]
CMD ["-f", "-v", "-p", "80", "-h", "/www"]
DF
docker image build --tag site:1.0 .
