#!/bin/bash
dnf remove -y runc podman-docker docker docker-common docker-engine
rpm -q runc podman-docker || true
