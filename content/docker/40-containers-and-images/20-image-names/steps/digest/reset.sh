#!/bin/bash
# No `pinned`; 2.0 is here and the registry answers.
systemctl start docker hub
docker rm -f pinned 2>/dev/null
docker pull -q localhost:5001/lab/web:2.0
