#!/bin/bash
set -e
docker exec web sh -c 'echo "<h1>changed</h1>" > /www/index.html'
docker exec web ls -l /www
curl -s http://localhost:8080/
