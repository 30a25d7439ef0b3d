#!/bin/bash
# What Podman itself knows about the pod is not Kubernetes YAML.
podman pod inspect webpod >~/pod.yaml
