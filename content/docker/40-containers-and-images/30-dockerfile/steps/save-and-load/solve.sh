#!/bin/bash
set -e
docker save -o /root/site.tar localhost:5000/site:1.1
tar -tf /root/site.tar
docker rm -f site
docker rmi localhost:5000/site:1.1
docker load -i /root/site.tar
