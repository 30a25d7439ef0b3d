#!/bin/bash
# No `n2`, and nobody in its network.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f n3 n2 2>/dev/null
exit 0
