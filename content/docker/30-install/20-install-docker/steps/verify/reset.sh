#!/bin/bash
systemctl start docker
docker rm -f hello 2>/dev/null
exit 0
