#!/bin/bash
# Removed instead of stopped.
docker rm -f u1
