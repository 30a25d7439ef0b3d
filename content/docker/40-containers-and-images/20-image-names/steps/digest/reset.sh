#!/bin/bash
# No `pinned`; 2.0 is here and the registry answers.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker hub
docker rm -f pinned 2>/dev/null
docker pull -q localhost:5001/lab/web:2.0
