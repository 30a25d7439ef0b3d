#!/bin/bash
need dnf
version=$(dnf -q repoquery --disablerepo='*' --enablerepo=docker-ce-stable --latest-limit=1 --qf '%{version}\n' docker-ce 2>/dev/null | grep -m 1 .) ||
  broken 'docker-ce-stable does not offer docker-ce.'
printf '%s\n' "${version%%.*}"
