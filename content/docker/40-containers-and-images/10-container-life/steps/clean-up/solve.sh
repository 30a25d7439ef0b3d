#!/bin/bash
set -e
docker run --rm --name temp lab/base:1.0 echo bye
docker ps -a
docker container prune -f
docker ps -a
