#!/bin/bash
# The file out of the archive that `docker cp` writes.
set -e
docker create --name keep lab/base:1.0 sh -c 'echo memo > /memo.txt'
docker start -a keep
docker cp keep:/memo.txt - | tar -xO >/root/memo.txt
