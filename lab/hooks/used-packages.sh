#!/bin/bash
# used-packages.sh ROOT FOLDER : copies apt's archives to FOLDER, for the next build: what was installed, and what the other hooks fetched by
# way of them. Of a package that is there in several versions only the newest. Runs inside mmdebstrap's namespace.
set -euo pipefail
ROOT=$1 FOLDER=$2
unset TMPDIR

declare -A newest=()
for deb in "$ROOT"/var/cache/apt/archives/*.deb; do
  IFS=_ read -r name version arch < <(basename "$deb" .deb)
  version=${version//%3a/:}
  known=${newest[$name:$arch]-}
  if [ -z "$known" ] || dpkg --compare-versions "$version" gt "${known%% *}"; then newest[$name:$arch]="$version $deb"; fi
done
for used in "${newest[@]}"; do install -m 644 "${used#* }" "$FOLDER/"; done
