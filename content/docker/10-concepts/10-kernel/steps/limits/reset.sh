#!/bin/bash
# No `k2`; `k1` as the step before left it.
systemctl start docker
docker rm -f k2 2>/dev/null
docker start k1 2>/dev/null
exit 0
