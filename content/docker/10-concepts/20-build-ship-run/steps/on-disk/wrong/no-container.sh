#!/bin/bash
# Removed by itself at its end.
docker run --rm --name keep lab/base:1.0 sh -c 'echo memo > /memo.txt'
