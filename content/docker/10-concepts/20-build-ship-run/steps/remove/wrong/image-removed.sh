#!/bin/bash
# The image as well.
docker rm once keep
docker rmi lab/hello:1.0
