#!/bin/bash
# A command that does not exist in the image.
docker rm -f hello 2>/dev/null
docker run --name hello lab/base:1.0 ecoh hello
exit 0
