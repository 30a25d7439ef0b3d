#!/bin/bash
# The image by its id.
set -e
docker image tag "$(docker image inspect -f '{{.Id}}' localhost:5001/lab/web:2.0)" my/web:stable
