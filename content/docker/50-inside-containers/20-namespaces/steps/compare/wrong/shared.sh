#!/bin/bash
# The host's network instead of one of its own.
docker run -d --name n1 --network host lab/base:1.0 sleep 3600
