#!/bin/bash
# Changed once more after the build.
cd /root/site || exit
echo '<h1>my site 2</h1>' >index.html
docker build -t site:1.1 .
echo '<h1>my site 3</h1>' >index.html
