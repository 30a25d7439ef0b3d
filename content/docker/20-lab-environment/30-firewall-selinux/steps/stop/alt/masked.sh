#!/bin/bash
# Masked: nothing can start it.
set -e
systemctl disable --now firewalld
systemctl mask firewalld
systemctl try-restart docker
