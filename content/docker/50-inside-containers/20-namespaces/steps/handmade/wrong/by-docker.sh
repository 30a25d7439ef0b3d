#!/bin/bash
# Docker made it.
docker run -d --name handmade --hostname handmade lab/base:1.0 sleep 3602
