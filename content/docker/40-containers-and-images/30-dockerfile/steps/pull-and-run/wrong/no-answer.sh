#!/bin/bash
# A command after the image takes the place of the web server.
docker rmi site:1.1 localhost:5000/site:1.1
docker run -d --name site -p 8081:80 localhost:5000/site:1.1 sleep 3600
