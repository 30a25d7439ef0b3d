#!/bin/bash
# Saved and deleted, not loaded.
docker save -o /root/site.tar localhost:5000/site:1.1
docker rm -f site
docker rmi localhost:5000/site:1.1
