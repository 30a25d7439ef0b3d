#!/bin/bash
# A program that needs next to nothing.
docker run -d --name oom --memory 16m --memory-swap 16m lab/base:1.0 sleep 3600
