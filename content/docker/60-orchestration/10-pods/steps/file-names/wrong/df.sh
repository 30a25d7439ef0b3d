#!/bin/bash
# Only the first one.
podman build -t localhost/fromcf ~/cf
