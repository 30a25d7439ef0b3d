#!/bin/bash
# The old version overwritten.
cd /root/site || exit
echo '<h1>my site 2</h1>' >index.html
docker build -t site:1.0 .
