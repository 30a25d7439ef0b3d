#!/bin/bash
set -e
docker rm u1
ls "$(cat /root/upper.path)" || true
docker run --rm lab/web:1.0 cat /www/index.html
