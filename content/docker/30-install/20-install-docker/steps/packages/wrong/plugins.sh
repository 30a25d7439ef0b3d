#!/bin/bash
# The engine without what it recommends.
dnf install -y --setopt=install_weak_deps=False docker-ce
dnf remove -y docker-buildx-plugin docker-compose-plugin
