#!/bin/bash
# The one that is left over, by its name.
set -e
docker rm leftover
