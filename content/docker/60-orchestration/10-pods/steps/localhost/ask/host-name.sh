#!/bin/bash
need podman
name=$(podman exec side hostname 2>/dev/null)
echo "${name:-(side does not run)}"
