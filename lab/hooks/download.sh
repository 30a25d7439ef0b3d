#!/bin/bash
# download.sh ROOT FOLDER [APT_OPTION…] -- PACKAGE… : fetches Debian packages into FOLDER below ROOT with apt-get, by way of
# /var/cache/apt/archives, where those of an earlier build lie (build.sh, TADAK_PACKAGES). Runs inside mmdebstrap's namespace.
set -euo pipefail
ROOT=$1 FOLDER=$2 OPTIONS=() ARCHIVES=/var/cache/apt/archives
unset TMPDIR
shift 2
while [ "$1" != -- ]; do
  OPTIONS+=("$1")
  shift
done
shift

# shellcheck disable=SC2016 # expanded by the inner shell
in_folder() { chroot "$ROOT" sh -c 'cd "$1" && shift && exec "$@"' sh "$FOLDER" "$@"; }
APT=(apt-get -q -o APT::Sandbox::User=root "${OPTIONS[@]}")

mkdir -p "$ROOT$FOLDER" "$ROOT$ARCHIVES"
# One that is there already apt-get takes by its size alone, so it is compared here.
while read -r _ name _ sum; do
  kept=$ROOT$ARCHIVES/$name
  if [ -f "$kept" ] && [ "SHA256:$(sha256sum "$kept" | cut -d ' ' -f 1)" = "$sum" ]; then cp "$kept" "$ROOT$FOLDER/"; fi
done < <(in_folder "${APT[@]}" --print-uris download "$@")
in_folder "${APT[@]}" download "$@"
cp "$ROOT$FOLDER"/*.deb "$ROOT$ARCHIVES/"
