#!/bin/bash
set -e
D=$(docker image inspect -f '{{index .RepoDigests 0}}' localhost:5001/lab/web:2.0)
echo "$D"
docker run -d --name pinned "$D"
docker ps
