#!/bin/bash
# Removed by itself at its end.
docker run --rm --name oom --memory 16m --memory-swap 16m lab/base:1.0 true
