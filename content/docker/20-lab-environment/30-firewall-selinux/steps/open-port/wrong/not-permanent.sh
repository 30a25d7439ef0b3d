#!/bin/bash
# Without --permanent.
systemctl enable --now firewalld
firewall-cmd --add-port=8080/tcp
