#!/bin/bash
set -e
systemctl restart docker
docker ps -a
