#!/bin/bash
# More than asked for.
docker run -d --name n3 --network container:n2 --pid container:n2 lab/base:1.0 sleep 3600
