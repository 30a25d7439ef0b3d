#!/bin/bash
set -e
docker tag localhost:5001/lab/web:latest my/web:stable
docker run --rm my/web:stable cat /www/index.html
