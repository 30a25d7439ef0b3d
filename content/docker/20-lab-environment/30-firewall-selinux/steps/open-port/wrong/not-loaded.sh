#!/bin/bash
# Written down, not loaded.
systemctl enable --now firewalld
firewall-cmd --permanent --add-port=8080/tcp
