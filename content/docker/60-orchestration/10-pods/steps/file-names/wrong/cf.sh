#!/bin/bash
# The same folder twice.
podman build -t localhost/fromcf ~/hello
podman build -t localhost/fromdf ~/hello
