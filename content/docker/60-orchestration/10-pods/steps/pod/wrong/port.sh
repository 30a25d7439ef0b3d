#!/bin/bash
# A pod without a port.
podman pod create --name webpod
