#!/bin/bash
# Once without --rm.
docker run -v notes:/data lab/base:1.0 sh -c 'echo keep > /data/n.txt'
