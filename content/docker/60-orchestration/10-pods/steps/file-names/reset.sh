#!/bin/bash
podman rmi -f localhost/fromcf localhost/fromdf 2>/dev/null
exit 0
