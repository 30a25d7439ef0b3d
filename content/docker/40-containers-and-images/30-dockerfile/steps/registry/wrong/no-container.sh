#!/bin/bash
# The name forgotten; away with it again.
docker rm -f -v "$(docker run -d -p 127.0.0.1:5000:5000 lab/registry:1)"
