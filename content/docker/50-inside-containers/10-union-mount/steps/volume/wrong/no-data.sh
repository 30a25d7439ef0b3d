#!/bin/bash
# Written into the container's own layer, which went with it.
docker volume create notes
docker run --rm lab/base:1.0 sh -c 'mkdir /data; echo keep > /data/n.txt'
