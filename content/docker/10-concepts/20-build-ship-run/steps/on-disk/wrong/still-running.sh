#!/bin/bash
# Written, but not ended.
docker run -d --name keep lab/base:1.0 sh -c 'echo memo > /memo.txt; sleep 3600'
