#!/bin/bash
set -e
systemctl enable --now docker
systemctl is-enabled docker
systemctl is-active docker
docker images
