#!/bin/bash
need rpm
if installed=$(rpm -q runc); then fail still-runc '(none)' "$installed"; fi
if installed=$(rpm -q podman-docker); then fail still-podman-docker '(none)' "$installed"; fi
for package in docker docker-common docker-engine; do
  if installed=$(rpm -q "$package"); then fail still-docker '(none)' "$installed"; fi
done
exit 0
