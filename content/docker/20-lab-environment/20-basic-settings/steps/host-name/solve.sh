#!/bin/bash
set -e
hostnamectl set-hostname master.example.com
echo '%{vm} master.example.com master' >> /etc/hosts
hostnamectl --static
