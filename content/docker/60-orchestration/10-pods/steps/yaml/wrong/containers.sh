#!/bin/bash
# Of a single container.
podman run -d --name solo lab/base:1.0 true
podman kube generate solo >~/pod.yaml
podman rm -f solo
