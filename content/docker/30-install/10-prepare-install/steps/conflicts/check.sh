#!/bin/bash
need rpm
for package in runc podman-docker; do
  if installed=$(rpm -q "$package"); then fail "still-$package" '(none)' "$installed"; fi
done
for package in docker docker-common docker-engine; do
  if installed=$(rpm -q "$package"); then fail still-docker '(none)' "$installed"; fi
done
exit 0
