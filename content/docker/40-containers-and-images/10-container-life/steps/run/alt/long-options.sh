#!/bin/bash
# The new names of the command and its options.
set -e
docker container run --detach --name web --publish 0.0.0.0:8080:80/tcp lab/web:1.0
