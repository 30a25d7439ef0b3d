#!/bin/bash
set -e
. /etc/os-release
case $ID in
debian) url=http://localhost:5002/linux/lab/docker-ce.repo ;;
centos) url=https://download.docker.com/linux/centos/docker-ce.repo ;;
*) url=https://download.docker.com/linux/rhel/docker-ce.repo ;;
esac
dnf install -y dnf-plugins-core
dnf config-manager --add-repo "$url"
dnf repolist
