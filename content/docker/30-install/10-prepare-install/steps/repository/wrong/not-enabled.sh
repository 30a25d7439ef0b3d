#!/bin/bash
# Registered, but switched off.
cat >/etc/yum.repos.d/docker-ce.repo <<'R'
[docker-ce-stable]
name=Docker CE Stable
baseurl=https://download.docker.com/linux/centos/9/x86_64/stable
enabled=1
gpgcheck=1
gpgkey=https://download.docker.com/linux/centos/gpg
R
sed -i 's/^enabled=.*/enabled=0/' /etc/yum.repos.d/docker-ce.repo
