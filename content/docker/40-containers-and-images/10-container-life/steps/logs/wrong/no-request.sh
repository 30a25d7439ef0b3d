#!/bin/bash
# Only a page that exists.
curl -s http://localhost:8080/ >/dev/null
docker logs web
