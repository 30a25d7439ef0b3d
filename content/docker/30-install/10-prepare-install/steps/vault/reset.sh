#!/bin/bash
sed -i -e 's/^#mirrorlist=/mirrorlist=/' -e 's|^baseurl=https\?://vault[^/]*|#baseurl=http://mirror.centos.org|' /etc/yum.repos.d/CentOS-*.repo
exit 0
