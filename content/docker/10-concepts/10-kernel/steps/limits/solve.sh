#!/bin/bash
set -e
docker run -d --name k2 --memory 64m --cpus 0.5 lab/base:1.0 sleep 3600
docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}' k2
