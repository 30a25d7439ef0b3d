#!/bin/bash
# By the longer option, and without `volume create`.
set -e
docker run --rm --mount type=volume,source=notes,target=/data lab/base:1.0 sh -c 'echo keep > /data/n.txt'
