#!/bin/bash
# Removed by mistake.
docker rm -f web
