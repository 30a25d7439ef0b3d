#!/bin/bash
# Removed by itself at its end.
docker run --rm --name n1 lab/base:1.0 true
