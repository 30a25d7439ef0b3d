#!/bin/bash
# Looked, but did not tidy up.
docker run --rm --name temp lab/base:1.0 echo bye
docker ps -a
