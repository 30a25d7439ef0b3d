#!/bin/bash
# The registry answers, and its latest is not here.
systemctl start docker hub
docker rmi -f localhost:5001/lab/web:latest 2>/dev/null
exit 0
