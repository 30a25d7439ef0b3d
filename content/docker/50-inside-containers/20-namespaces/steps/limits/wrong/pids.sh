#!/bin/bash
# Only the memory limited.
docker run -d --name n2 --memory 64m lab/base:1.0 sleep 3600
