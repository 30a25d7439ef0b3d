#!/bin/bash
# No `once`; the image to make it from is here.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f once 2>/dev/null
docker image inspect lab/hello:1.0 >/dev/null 2>&1 || docker build -q -t lab/hello:1.0 /root/hello
