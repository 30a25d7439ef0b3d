#!/bin/bash
# The old version, which is still here.
docker rmi site:1.1 localhost:5000/site:1.1
docker run -d --name site -p 8081:80 site:1.0
