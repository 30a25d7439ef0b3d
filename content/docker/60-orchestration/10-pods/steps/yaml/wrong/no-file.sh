#!/bin/bash
# On the screen only.
podman kube generate webpod
