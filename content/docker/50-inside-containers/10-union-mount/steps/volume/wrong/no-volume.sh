#!/bin/bash
# A folder of the host instead of a volume.
mkdir -p /tmp/notes
docker run --rm -v /tmp/notes:/data lab/base:1.0 sh -c 'echo keep > /data/n.txt'
