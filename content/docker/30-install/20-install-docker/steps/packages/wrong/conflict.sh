#!/bin/bash
# runc is back, or was never removed.
dnf remove -y docker-ce docker-ce-cli containerd.io
dnf install -y runc || dnf install -y podman-docker
