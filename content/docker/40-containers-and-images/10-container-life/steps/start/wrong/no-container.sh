#!/bin/bash
# Removed instead of started.
docker rm -f web
