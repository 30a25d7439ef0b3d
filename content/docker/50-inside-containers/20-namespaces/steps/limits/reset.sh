#!/bin/bash
# No `n2`, and nobody in its network.
systemctl start docker
docker rm -f n3 n2 2>/dev/null
exit 0
