#!/bin/bash
# The redirection happens on the host.
docker exec web echo "<h1>changed</h1>" > /www/index.html || true
