#!/bin/bash
# The line in /etc/hosts without the short name, between tabs.
set -e
hostnamectl set-hostname master.example.com
printf '%s\t%s\n' '%{vm}' master.example.com >>/etc/hosts
