#!/bin/bash
# Options after the image.
docker run --name k2 lab/base:1.0 sleep 3600 --memory 64m --cpus 0.5 || true
