#!/bin/bash
# All that ended at once.
set -e
docker container prune -f
