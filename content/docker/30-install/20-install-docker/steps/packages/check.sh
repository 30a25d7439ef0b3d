#!/bin/bash
need rpm
installed() { rpm -q "$1" >/dev/null 2>&1; }
missing=()
for package in docker-ce docker-ce-cli containerd.io; do installed "$package" || missing+=("$package"); done
if [ ${#missing[@]} != 0 ]; then
  for package in runc podman-docker; do if installed "$package"; then fail conflict '(none)' "$(rpm -q "$package")"; fi; done
  grep -qsE '^\[docker-ce-stable\]' /etc/yum.repos.d/*.repo || fail no-repository
  fail engine 'docker-ce docker-ce-cli containerd.io' "missing: ${missing[*]}"
fi
for package in docker-buildx-plugin docker-compose-plugin; do installed "$package" || missing+=("$package"); done
[ ${#missing[@]} = 0 ] || fail plugins 'docker-buildx-plugin docker-compose-plugin' "missing: ${missing[*]}"
exit 0
