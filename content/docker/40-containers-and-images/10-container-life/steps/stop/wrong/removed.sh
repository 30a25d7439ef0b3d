#!/bin/bash
# Removed instead of stopped.
docker rm -f web
