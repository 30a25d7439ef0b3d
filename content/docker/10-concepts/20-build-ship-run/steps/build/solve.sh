#!/bin/bash
set -e
cd /root/hello
cat Dockerfile
docker build -t lab/hello:1.0 .
docker image inspect -f '{{json .RootFS.Layers}}' lab/base:1.0 lab/hello:1.0
