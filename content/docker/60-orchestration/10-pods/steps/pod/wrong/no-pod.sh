#!/bin/bash
# Another name.
podman pod create --name pod1 -p 8090:80
podman pod rm -f pod1
