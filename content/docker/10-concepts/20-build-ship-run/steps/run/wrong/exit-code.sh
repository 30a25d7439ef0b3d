#!/bin/bash
# A file that the image does not have.
docker run --name once lab/hello:1.0 cat /hallo.txt || true
