#!/bin/bash
# The container's files instead of the image.
docker export -o /root/site.tar site
docker rm -f site
