#!/bin/bash
# No `oom`.
systemctl start docker
docker rm -f oom 2>/dev/null
exit 0
