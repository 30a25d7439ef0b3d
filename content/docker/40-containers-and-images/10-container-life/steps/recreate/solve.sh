#!/bin/bash
set -e
docker rm -f web
docker run -d --name web -p 8080:80 lab/web:1.0
curl -s --retry 5 --retry-connrefused http://localhost:8080/
