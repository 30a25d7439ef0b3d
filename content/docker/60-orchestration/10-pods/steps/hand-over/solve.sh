#!/bin/bash
set -eo pipefail
docker save lab/base:1.0 lab/web:1.0 | podman load
podman images
