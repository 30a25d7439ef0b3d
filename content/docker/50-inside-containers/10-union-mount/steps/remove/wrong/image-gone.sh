#!/bin/bash
# The image as well.
docker rm u1
docker rmi lab/web:1.0
