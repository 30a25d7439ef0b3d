#!/bin/bash
# A command that ends at once.
docker run --name pinned "$(docker image inspect -f '{{index .RepoDigests 0}}' localhost:5001/lab/web:2.0)" true
