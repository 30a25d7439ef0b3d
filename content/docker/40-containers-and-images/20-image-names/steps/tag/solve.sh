#!/bin/bash
set -e
docker tag localhost:5001/lab/web:2.0 my/web:stable
docker image inspect -f '{{.Id}}' my/web:stable localhost:5001/lab/web:2.0
