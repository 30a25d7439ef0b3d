#!/bin/bash
# The two names the wrong way round.
docker tag my/web:stable localhost:5001/lab/web:latest
