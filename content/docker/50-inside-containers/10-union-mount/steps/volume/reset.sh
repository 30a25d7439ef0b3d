#!/bin/bash
# No volume, and no container that holds it.
systemctl start docker
docker ps -aq -f volume=notes | xargs -r docker rm -f
docker volume rm -f notes
