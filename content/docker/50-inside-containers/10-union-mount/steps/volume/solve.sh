#!/bin/bash
set -e
docker volume create notes
docker run --rm -v notes:/data lab/base:1.0 sh -c 'echo keep > /data/n.txt'
docker ps -a -f volume=notes
docker run --rm -v notes:/data lab/base:1.0 cat /data/n.txt
docker volume inspect -f '{{.Mountpoint}}' notes
