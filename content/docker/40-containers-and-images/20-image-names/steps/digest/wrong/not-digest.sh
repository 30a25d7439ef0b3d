#!/bin/bash
# The image ID, which looks much the same.
docker run -d --name pinned "$(docker image inspect -f '{{.Id}}' localhost:5001/lab/web:2.0)"
