#!/bin/bash
# The command's older name.
set -e
podman generate kube webpod >~/pod.yaml
