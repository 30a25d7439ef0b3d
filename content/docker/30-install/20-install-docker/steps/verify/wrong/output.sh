#!/bin/bash
# The word is missing.
docker rm -f hello 2>/dev/null
docker run --name hello lab/base:1.0 echo
