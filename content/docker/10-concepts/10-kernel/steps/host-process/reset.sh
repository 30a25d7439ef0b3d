#!/bin/bash
# No `k1`.
systemctl start docker
docker rm -f k1 2>/dev/null
exit 0
