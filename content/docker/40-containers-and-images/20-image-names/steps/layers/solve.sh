#!/bin/bash
set -e
docker history lab/web:1.0
docker image inspect -f '{{json .RootFS.Layers}}' lab/base:1.0 lab/web:1.0
