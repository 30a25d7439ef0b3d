#!/bin/bash
# Relied on EXPOSE.
docker rmi site:1.1 localhost:5000/site:1.1
docker run -d --name site localhost:5000/site:1.1
