#!/bin/bash
# Neither container nor image; a registry of an earlier lesson keeps what it has.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f final 2>/dev/null
docker rmi -f final:1.0 localhost:5000/final:1.0 2>/dev/null
exit 0
