#!/bin/bash
# Ended from a terminal attached to it.
docker kill -s INT web
sleep 1
docker kill web 2>/dev/null || true
