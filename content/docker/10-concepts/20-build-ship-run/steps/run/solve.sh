#!/bin/bash
set -e
docker run --name once lab/hello:1.0
docker ps
docker ps -a
