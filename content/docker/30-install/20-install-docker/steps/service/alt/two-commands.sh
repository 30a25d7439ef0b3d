#!/bin/bash
# Enabled, then started.
set -e
systemctl enable docker
systemctl start docker
