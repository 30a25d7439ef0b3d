#!/bin/bash
# packages.sh ROOT RECIPE OUT MIRROR : builds the course's rpm packages from Debian's binaries, signs them, lays out their two
# repositories and one of Debian's own packages below /usr/share/tadak/mirror, and installs Docker from there with dnf. Needs MIRROR for what the guest's own
# suite lacks, otherwise the apt lists of the tree. Runs inside mmdebstrap's namespace, when the guest's settings are in place.
set -euo pipefail
ROOT=$1 RECIPE=$2 OUT=$3 MIRROR=$4
unset TMPDIR

# Bookworm has neither plugin for the docker command; the ones of the next release need no newer library than the guest has.
NEWER_SUITE=trixie
DEBS=(docker.io containerd runc tini podman-docker dnf-plugins-core)
NEWER_DEBS=(docker-buildx docker-compose)
STABLE=(docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin)
BASE=(lab-system runc podman-docker dnf-plugins-core yum-utils)
# What apt-get offers without Internet access: Debian's Docker and what that needs beyond the guest, as Debian made it.
APT_DEBS=(docker.io containerd runc tini podman-docker)
SITE=usr/share/tadak/mirror
# The same for every machine, as the repository files name it: http://localhost:5002/…/$releasever/$basearch/…
RELEASE=12 ARCH=x86_64
W=tmp/packages # below ROOT

in_guest() { chroot "$ROOT" "$@"; }

# shellcheck disable=SC2016 # expanded by the inner shell
in_debs() { in_guest sh -c 'cd "$1" && shift && exec "$@"' sh "/$W/debs" "$@"; }

fetch() {
  local download
  download=$(dirname "$0")/download.sh
  local newer=(-o "Dir::Etc::SourceList=/$W/newer.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=/$W/lists")
  mkdir -p "$ROOT/$W/debs" "$ROOT/$W/lists/partial"
  printf 'deb %s %s main\n' "$MIRROR" "$NEWER_SUITE" >"$ROOT/$W/newer.list"
  "$download" "$ROOT" "/$W/debs" -- "${DEBS[@]}"
  if ! { in_guest apt-get -q -o APT::Sandbox::User=root "${newer[@]}" update && "$download" "$ROOT" "/$W/debs" "${newer[@]}" -- "${NEWER_DEBS[@]}"; }; then
    echo "E: the mirror $MIRROR does not offer ${NEWER_DEBS[*]} of $NEWER_SUITE"
    exit 1
  fi
}

unpack() {
  local deb name
  for deb in "$ROOT/$W/debs"/*.deb; do
    name=$(basename "$deb")
    mkdir -p "$ROOT/$W/debs/${name%%_*}"
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$ROOT/$W/debs/${name%%_*}" --keep-directory-symlink --exclude='./usr/share/doc/*'
  done
}

# The upstream part of a Debian package's version, as rpm may have it.
version_of() { dpkg-deb -f "$ROOT/$W/debs/$1"_*.deb Version | sed -E 's/^[0-9]+://; s/[-+~].*//'; }

build() { # REPOSITORY PACKAGE…
  local folder=$1 deb defines=()
  shift
  for deb in "${DEBS[@]}" "${NEWER_DEBS[@]}"; do defines+=(--define "version_of_${deb//[.-]/_} $(version_of "$deb")"); done
  in_guest rpmbuild -bb --quiet --target "$ARCH" "${defines[@]}" \
    --define "_topdir /$W/top" --define "debs /$W/debs" --define "_rpmdir /$SITE/$folder/Packages" \
    --define "version_of_lab $RELEASE" --define 'vendor Course lab mirror' --define '_buildhost lab.invalid' \
    --define 'debug_package %{nil}' --define '__os_install_post %{nil}' --define '_build_id_links none' \
    --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define '_binary_payload w3T2.zstdio' \
    "${@/#//$W/specs/}"
}

# A key for each repository, as on other systems the distribution's and Docker's are two. The private halves end with the folder.
sign() { # REPOSITORY OWNER KEY-FILE
  local home=/$W/gnupg
  local signer="$2 (made for this lab image; not Docker Inc.) <mirror@lab.invalid>"
  install -d -m 700 "$ROOT$home"
  in_guest env GNUPGHOME="$home" gpg --batch --quiet --passphrase '' --quick-generate-key "$signer" rsa3072 sign never
  in_guest env GNUPGHOME="$home" gpg --armor --export "$signer" >"$ROOT/$SITE/$3"
  # rpmsign's exit status says nothing; dnf looks at every signature when it installs.
  (cd "$ROOT" && find "$SITE/$1" -name '*.rpm' -printf '/%p\0') | in_guest env GNUPGHOME="$home" \
    xargs -0 rpmsign --addsign --define '__gpg /usr/bin/gpg' --define "_gpg_name $signer" >/dev/null
  in_guest env GNUPGHOME="$home" gpgconf --kill all
}

# A flat repository: the packages, their index, and the index's signed checksum.
apt_repository() {
  local folder=$ROOT/$SITE/apt name deb home=/$W/gnupg signer='Course lab packages of Debian'
  mkdir -p "$folder"
  for name in "${APT_DEBS[@]}"; do cp "$ROOT/$W/debs/$name"_*.deb "$folder/"; done
  for deb in "$folder"/*.deb; do
    dpkg-deb -f "$deb"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum <"$deb" | cut -d' ' -f1)"
  done >"$folder/Packages"
  printf '%s\n' 'Origin: Course lab mirror' 'Label: Debian packages of the course lab' 'Suite: bookworm' 'Codename: bookworm' \
    'Architectures: amd64' "Date: $(LC_ALL=C date -u '+%a, %d %b %Y %T UTC')" 'SHA256:' \
    " $(sha256sum <"$folder/Packages" | cut -d' ' -f1) $(stat -c %s "$folder/Packages") Packages" >"$ROOT/$W/Release"
  in_guest env GNUPGHOME="$home" gpg --batch --quiet --passphrase '' --quick-generate-key "$signer <mirror@lab.invalid>" rsa3072 sign never
  in_guest env GNUPGHOME="$home" gpg --batch --quiet --local-user "$signer" --output "/$SITE/apt/InRelease" --clearsign "/$W/Release"
  in_guest env GNUPGHOME="$home" gpg --export "$signer" >"$ROOT/usr/share/keyrings/course-lab.gpg"
  in_guest env GNUPGHOME="$home" gpgconf --kill all
}

# The last that the builder's own mirror is asked for was above. Debian's archives: warm-up turns them on where the operator
# allows Internet access.
write_sources() {
  local lists=$ROOT/etc/apt
  rm -f "$lists"/sources.list.d/*
  : >"$lists/sources.list"
  printf 'deb http://deb.debian.org/%s main\n' 'debian bookworm' 'debian bookworm-updates' 'debian-security bookworm-security' >"$lists/internet.list"
  echo 'deb [signed-by=/usr/share/keyrings/course-lab.gpg] http://localhost:5002/apt ./' >"$lists/sources.list.d/course-lab.list"
}

# By the addresses of the files: what the lessons' readers may try must be installable with nothing else.
prove_apt_repository() {
  local apt=(apt-get -q -o APT::Sandbox::User=root -o "Dir::Etc::SourceList=/$W/lab.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=/$W/lab-lists" -o "Dir::Cache=/$W/lab-cache")
  mkdir -p "$ROOT/$W/lab-lists/partial" "$ROOT/$W/lab-cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/course-lab.gpg] file:///$SITE/apt ./" >"$ROOT/$W/lab.list"
  in_guest "${apt[@]}" -o APT::Update::Error-Mode=any update
  in_guest "${apt[@]}" -s --no-install-recommends install docker.io
}

# Beside the site, not in it: whoever compares needs a fingerprint by another way than the key.
write_fingerprint() {
  in_guest env GNUPGHOME="/$W/gnupg" gpg --batch --quiet --show-keys --with-colons "/$SITE/$STABLE_KEY" |
    awk -F: '$1 == "fpr" { print $10; exit }' >"$ROOT/usr/share/tadak/mirror-fingerprint"
}

repositories() {
  local folder
  for folder in "$STABLE_FOLDER" "$BASE_FOLDER"; do in_guest createrepo_c -q --no-database "/$SITE/$folder"; done
  cp "$RECIPE/packages/docker-ce.repo" "$ROOT/$SITE/linux/lab/"
  install -D -m 644 -t "$ROOT/etc/yum.repos.d" "$RECIPE"/packages/*.repo
}

# With the addresses of the files: nothing serves them here.
install_docker() {
  local site=file:///$SITE
  in_guest dnf -q -y --setopt="docker-ce-stable.baseurl=$site/$STABLE_FOLDER" --setopt="docker-ce-stable.gpgkey=$site/$STABLE_KEY" \
    --setopt="lab-base.baseurl=$site/$BASE_FOLDER" --setopt="lab-base.gpgkey=$site/$BASE_KEY" install lab-system "${STABLE[@]}"
  in_guest systemctl --quiet enable docker.service containerd.service
  rm -rf "$ROOT"/var/cache/dnf/* "$ROOT"/var/log/dnf* "$ROOT"/var/log/hawkey*
}

STABLE_FOLDER=linux/lab/$RELEASE/$ARCH/stable
BASE_FOLDER=base/$RELEASE/$ARCH
STABLE_KEY=linux/lab/gpg
BASE_KEY=base/gpg
mkdir -p "$ROOT/$SITE"/{"$STABLE_FOLDER","$BASE_FOLDER"}/Packages "$ROOT/$W"
cp -R "$RECIPE/packages" "$ROOT/$W/specs"
fetch
unpack
build "$STABLE_FOLDER" "${STABLE[@]/%/.spec}"
build "$BASE_FOLDER" "${BASE[@]/%/.spec}"
sign "$STABLE_FOLDER" 'Course lab mirror' "$STABLE_KEY"
sign "$BASE_FOLDER" 'Course lab packages' "$BASE_KEY"
write_fingerprint
repositories
apt_repository
prove_apt_repository
install_docker
write_sources
printf 'docker=%s\n' "$(version_of docker.io)" >>"$OUT/facts"
rm -rf "${ROOT:?}/$W"
