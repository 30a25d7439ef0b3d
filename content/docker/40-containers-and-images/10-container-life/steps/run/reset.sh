#!/bin/bash
# No `web`, and nothing of this lesson on port 8080.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f web 2>/dev/null
docker ps -aq -f ancestor=lab/web:1.0 -f publish=8080 | xargs -r docker rm -f
exit 0
