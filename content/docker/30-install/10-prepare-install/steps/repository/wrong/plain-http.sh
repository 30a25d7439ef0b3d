#!/bin/bash
# A mirror somewhere, without https.
cat >/etc/yum.repos.d/docker-ce.repo <<'R'
[docker-ce-stable]
name=Docker CE Stable
baseurl=https://download.docker.com/linux/centos/9/x86_64/stable
enabled=1
gpgcheck=1
gpgkey=https://download.docker.com/linux/centos/gpg
R
sed -i 's|^baseurl=.*|baseurl=http://mirror.example.com/docker|' /etc/yum.repos.d/docker-ce.repo
