#!/bin/bash
# Removed by itself at its end.
docker run --rm --name once lab/hello:1.0
