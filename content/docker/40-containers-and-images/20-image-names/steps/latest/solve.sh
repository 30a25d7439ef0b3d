#!/bin/bash
set -e
docker pull localhost:5001/lab/web:2.0
docker run --rm localhost:5001/lab/web cat /www/index.html
docker run --rm localhost:5001/lab/web:2.0 cat /www/index.html
curl -s http://localhost:5001/v2/lab/web/tags/list
