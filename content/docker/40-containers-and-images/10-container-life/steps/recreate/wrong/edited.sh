#!/bin/bash
# The old text put back by hand.
docker exec web sh -c 'echo "<h1>lab web v1</h1>" > /www/index.html'
