#!/bin/bash
# The limits of a container that runs already.
set -e
docker run -d --name k2 lab/base:1.0 sleep 3600
docker update --memory 64m --memory-swap 128m --cpus 0.5 k2
