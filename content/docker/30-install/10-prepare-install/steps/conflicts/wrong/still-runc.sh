#!/bin/bash
# Only the one that looks like Docker.
dnf remove -y podman-docker
dnf install -y --allowerasing runc
