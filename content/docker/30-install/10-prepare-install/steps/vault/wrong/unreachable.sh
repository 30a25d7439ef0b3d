#!/bin/bash
# A vault that does not exist.
sed -i -e 's/^mirrorlist=/#mirrorlist=/' -e 's|^#\?baseurl=https\?://[a-z.]*centos.org|baseurl=https://vault.invalid|' /etc/yum.repos.d/CentOS-*.repo
dnf clean all
