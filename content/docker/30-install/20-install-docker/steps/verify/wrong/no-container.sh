#!/bin/bash
# --rm removes it as soon as it ends.
docker rm -f hello 2>/dev/null
docker run --rm --name hello lab/base:1.0 echo hello
