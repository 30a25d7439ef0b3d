#!/bin/bash
# dnf reads only files whose name ends in .repo.
rm -f /etc/yum.repos.d/docker-ce.repo
printf '[docker-ce-stable]\nname=Docker\nbaseurl=https://download.docker.com/linux/centos/9/x86_64/stable\n' >/etc/yum.repos.d/docker-ce.txt
