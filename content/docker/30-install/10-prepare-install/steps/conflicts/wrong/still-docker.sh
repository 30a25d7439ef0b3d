#!/bin/bash
# A package of the name that distributions once used.
dnf remove -y runc podman-docker
folder=$(mktemp -d)
printf '%s\n' 'Name: docker' 'Version: 1.13.1' 'Release: 1' 'Summary: old' 'License: none' '%description' 'Old.' '%files' >"$folder/docker.spec"
rpmbuild -bb --quiet --define "_topdir $folder" "$folder/docker.spec"
rpm -i --force-debian "$folder"/RPMS/*/docker-*.rpm || rpm -i "$folder"/RPMS/*/docker-*.rpm
rm -r "$folder"
