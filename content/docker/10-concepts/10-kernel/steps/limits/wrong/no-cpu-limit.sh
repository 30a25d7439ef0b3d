#!/bin/bash
# Memory only.
docker run -d --name k2 --memory 64m lab/base:1.0 sleep 3600
