#!/bin/bash
# Running for now only.
systemctl disable firewalld
systemctl start firewalld
firewall-cmd --permanent --add-port=8080/tcp
firewall-cmd --add-port=8080/tcp
