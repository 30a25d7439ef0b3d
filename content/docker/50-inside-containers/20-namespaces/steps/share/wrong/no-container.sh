#!/bin/bash
# The name forgotten.
docker run --rm --network container:n2 lab/base:1.0 true
