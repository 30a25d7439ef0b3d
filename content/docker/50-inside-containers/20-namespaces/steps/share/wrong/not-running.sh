#!/bin/bash
# No command: the shell of the image ends at once.
docker run --name n3 --network container:n2 lab/base:1.0
