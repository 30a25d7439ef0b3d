#!/bin/bash
# The packages in Docker's place; a Docker that is installed makes room for them.
rpm -q docker >/dev/null && dnf remove -y docker
dnf install -y --allowerasing runc podman-docker || dnf install -y --allowerasing podman-docker
