#!/bin/bash
cat /etc/os-release
cat /etc/centos-release 2>/dev/null || true
