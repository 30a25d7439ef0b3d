#!/bin/bash
# The name forgotten.
docker run --rm --memory 64m --pids-limit 20 lab/base:1.0 true
