#!/bin/bash
# No `k2`; `k1` as the step before left it.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f k2 2>/dev/null
docker start k1 2>/dev/null
exit 0
