#!/bin/bash
# The registry answers, and its latest is not here.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker hub
docker rmi -f localhost:5001/lab/web:latest 2>/dev/null
exit 0
