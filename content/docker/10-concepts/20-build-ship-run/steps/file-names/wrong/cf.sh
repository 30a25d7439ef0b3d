#!/bin/bash
# No -f: Docker finds no Dockerfile in the folder.
docker build -t lab/hello:lower /root/lower
docker build -t lab/hello:cf /root/cf || true
