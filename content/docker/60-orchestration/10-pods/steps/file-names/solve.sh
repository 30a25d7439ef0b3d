#!/bin/bash
set -e
podman build -t localhost/fromcf ~/cf
podman build -t localhost/fromdf ~/hello
