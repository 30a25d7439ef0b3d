#!/bin/bash
# Opened at once, and kept as it is then.
set -e
systemctl enable --now firewalld
firewall-cmd --add-port=8080/tcp
firewall-cmd --runtime-to-permanent
systemctl try-restart docker
