#!/bin/bash
# No `oom`.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f oom 2>/dev/null
exit 0
