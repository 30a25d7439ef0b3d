#!/bin/bash
set -e
docker run -d --name web -p 8080:80 lab/web:1.0
docker ps
curl -s --retry 5 --retry-connrefused http://localhost:8080/
