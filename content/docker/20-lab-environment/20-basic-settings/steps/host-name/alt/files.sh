#!/bin/bash
# By the file and the kernel, without systemd.
set -e
echo master.example.com >/etc/hostname
hostname master.example.com
echo '%{vm} master.example.com master' >>/etc/hosts
