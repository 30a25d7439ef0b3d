#!/bin/bash
# Stopped before it is removed.
set -e
docker stop -t 1 web
docker rm web
docker create --name web -p 8080:80 lab/web:1.0
docker start web
