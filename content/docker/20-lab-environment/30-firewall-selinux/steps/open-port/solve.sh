#!/bin/bash
set -e
systemctl enable --now firewalld
firewall-cmd --permanent --add-port=8080/tcp
firewall-cmd --reload
systemctl try-restart docker
firewall-cmd --list-ports
