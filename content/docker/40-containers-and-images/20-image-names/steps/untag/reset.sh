#!/bin/bash
# The label back on latest.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker hub
docker image inspect localhost:5001/lab/web:latest >/dev/null 2>&1 || docker pull -q localhost:5001/lab/web
docker tag localhost:5001/lab/web:latest my/web:stable
