#!/bin/bash
# A network of its own.
docker run -d --name n3 lab/base:1.0 sleep 3600
