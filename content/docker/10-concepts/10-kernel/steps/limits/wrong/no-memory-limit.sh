#!/bin/bash
# CPU only.
docker run -d --name k2 --cpus 0.5 lab/base:1.0 sleep 3600
