#!/bin/bash
# The files under their own names, and neither image.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
mkdir -p /root/lower /root/cf
rm -f /root/lower/Dockerfile /root/cf/Dockerfile
printf 'FROM lab/base:1.0\nLABEL lab.file=lowercase\n' >/root/lower/dockerfile
printf 'FROM lab/base:1.0\nLABEL lab.file=containerfile\n' >/root/cf/Containerfile
docker rmi -f lab/hello:lower lab/hello:cf 2>/dev/null
exit 0
