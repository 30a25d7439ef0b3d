#!/bin/bash
# Docker Engine installed and running, with the course's images: again, after the lessons on installing it took it away.
packages=(/usr/share/tadak/mirror/linux/lab/*/*/stable/Packages/*.rpm)
# Not the course's own machine: what is installed there is its owner's affair.
[ -e "${packages[0]}" ] || exit 0

if ! rpm -q docker-ce >/dev/null 2>&1; then
  for package in runc podman-docker; do
    if rpm -q "$package" >/dev/null 2>&1; then rpm -e "$package" 2>/dev/null || exit 1; fi
  done
  rpm -U --quiet --replacepkgs --force-debian "${packages[@]}" 2>/dev/null || exit 1
  systemctl --quiet enable docker containerd
fi
systemctl is-active -q docker || systemctl start docker || exit 1
docker image inspect lab/base:1.0 lab/web:1.0 lab/web:2.0 >/dev/null 2>&1 || docker load -q -i /usr/share/tadak/images.tar
