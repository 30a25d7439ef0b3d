#!/bin/bash
# Stopped first, so that prune took it too.
docker stop -t 0 web
docker container prune -f
