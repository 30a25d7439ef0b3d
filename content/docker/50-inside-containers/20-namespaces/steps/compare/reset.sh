#!/bin/bash
# No `n1`.
systemctl start docker
docker rm -f n1 2>/dev/null
exit 0
