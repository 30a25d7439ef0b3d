#!/bin/bash
set -e
podman kube generate webpod >~/pod.yaml
grep -nE 'kind:|image:|name:' ~/pod.yaml
