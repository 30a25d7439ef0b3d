#!/bin/bash
# In two commands.
set -e
docker create --name k1 lab/base:1.0 sleep 3600
docker start k1
