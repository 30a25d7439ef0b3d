#!/bin/bash
# Opened at once, and kept as it is then.
set -e
systemctl enable --now firewalld
firewall-cmd --add-port=8080/tcp
# Debian's SELinux policy keeps firewalld from copying an old file of its own, which it reports as a failure after the port is kept.
firewall-cmd --runtime-to-permanent || firewall-cmd --permanent --query-port=8080/tcp
systemctl try-restart docker
