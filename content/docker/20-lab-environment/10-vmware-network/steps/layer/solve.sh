#!/bin/bash
systemd-detect-virt || true
uname -r
grep -E '^(NAME|ID)=' /etc/os-release
