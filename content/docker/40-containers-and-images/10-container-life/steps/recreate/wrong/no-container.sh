#!/bin/bash
# Removed, and not created again.
docker rm -f web
