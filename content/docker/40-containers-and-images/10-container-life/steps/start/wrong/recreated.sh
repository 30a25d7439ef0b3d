#!/bin/bash
# A new container instead of the old one.
docker rm -f web
docker run -d --name web -p 8080:80 lab/web:1.0
