#!/bin/bash
# It came to its own end.
docker rm -f n1
docker run --name n1 lab/base:1.0 sleep 1
