#!/bin/bash
# Stopped by mistake.
docker stop -t 1 registry
