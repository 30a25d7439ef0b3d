#!/bin/bash
# The engine restarted, and the container tidied away.
docker rm keep
systemctl restart docker
