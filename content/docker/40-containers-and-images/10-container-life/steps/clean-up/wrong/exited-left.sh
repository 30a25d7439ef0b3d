#!/bin/bash
# Once without --rm.
docker rm leftover
docker run --name temp lab/base:1.0 echo bye
