#!/bin/bash
set -e
cd /root/site
echo '<h1>my site 2</h1>' >index.html
docker build -t site:1.1 .
docker history site:1.1
