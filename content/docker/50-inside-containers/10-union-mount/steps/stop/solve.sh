#!/bin/bash
set -e
docker stop -t 1 u1
ls -l "$(cat /root/upper.path)"
docker cp u1:/memo.txt - | tar -xO
