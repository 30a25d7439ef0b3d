#!/bin/bash
# Only latest, as the registry has it.
systemctl start docker hub
docker rm -f pinned 2>/dev/null
docker rmi -f localhost:5001/lab/web:2.0 2>/dev/null
docker pull -q localhost:5001/lab/web
