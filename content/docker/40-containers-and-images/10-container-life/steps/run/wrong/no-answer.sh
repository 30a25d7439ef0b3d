#!/bin/bash
# A command after the image takes the place of the web server.
docker run -d --name web -p 8080:80 lab/web:1.0 sleep 3600
