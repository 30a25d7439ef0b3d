#!/bin/bash
# Removed instead of ended.
docker rm -f n1
