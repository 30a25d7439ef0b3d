#!/bin/bash
# Only one of the two.
docker save lab/web:1.0 | podman load
