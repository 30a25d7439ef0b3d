#!/bin/bash
# No registry of our own, and nothing of what was in it.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f -v registry 2>/dev/null
exit 0
