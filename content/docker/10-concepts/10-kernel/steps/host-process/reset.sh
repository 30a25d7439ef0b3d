#!/bin/bash
# No `k1`.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f k1 2>/dev/null
exit 0
