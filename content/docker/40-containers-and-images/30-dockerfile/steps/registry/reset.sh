#!/bin/bash
# No registry of our own, and nothing of what was in it.
systemctl start docker
docker rm -f -v registry 2>/dev/null
exit 0
