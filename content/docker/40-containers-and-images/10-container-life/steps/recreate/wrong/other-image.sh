#!/bin/bash
# The other tag.
docker rm -f web
docker run -d --name web -p 8080:80 lab/web:2.0
