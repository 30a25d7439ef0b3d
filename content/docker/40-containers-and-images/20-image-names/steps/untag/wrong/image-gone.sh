#!/bin/bash
# Both names at once.
docker rmi my/web:stable localhost:5001/lab/web:latest
