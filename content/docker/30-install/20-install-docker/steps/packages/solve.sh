#!/bin/bash
set -e
dnf install -y docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
rpm -q docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
