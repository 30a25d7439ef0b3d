#!/bin/bash
# Saved by its ID.
docker save -o /root/site.tar "$(docker image inspect -f '{{.Id}}' localhost:5000/site:1.1)"
docker rm -f site
