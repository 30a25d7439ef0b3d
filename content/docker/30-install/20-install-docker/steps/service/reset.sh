#!/bin/bash
# Installed, but stopped, and not to be started at the next boot.
rpm -q docker-ce >/dev/null || dnf install -y docker-ce
systemctl disable --now docker.service docker.socket
