#!/bin/bash
set -e
docker rm once keep
docker ps -a
docker image ls
docker run --rm lab/hello:1.0
