#!/bin/bash
# build.sh [--force] OUTDIR
#
# Builds the lab guest: OUTDIR/{disk.qcow2,vmlinuz,initrd,manifest.json}. Runs as root or as an ordinary user; everything
# that needs root inside the guest happens in mmdebstrap's own user namespace. No loop device, no mount on the host.
#
#   stdout   progress for a machine, one line per step: @step N/M <english>|<korean>
#   stderr   on failure one sentence: what failed and how to mend it
#   OUTDIR/build.log (OUTDIR.partial/build.log after a failure)   everything else
#
# OUTDIR appears only when it is whole. A second run with the same recipe does nothing; --force builds again.
# Environment: TADAK_MIRROR (Debian mirror), TADAK_SECURITY_MIRROR, TMPDIR (default /var/tmp, about 2.6 GB are needed).
set -euo pipefail
export LC_ALL=C.UTF-8
# The system's own tools: mmdebstrap calls python3 for every package, and a version switcher in its place costs minutes.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

SUITE=bookworm
DISK_SIZE=4G
# Neither AppArmor nor SELinux: without the tools or the policy of either, docker or udevd refuses to work.
APPEND='root=/dev/vda rw console=ttyS0 quiet loglevel=0 systemd.show_status=false lsm=landlock,yama,bpf mitigations=off'
# The same disk with SELinux: the initrd then has the policy laid in (hooks/selinux.sh).
APPEND_SELINUX=${APPEND/yama,bpf/yama,selinux,bpf}
NEED_TMP_MB=2600
NEED_OUT_MB=900
STEPS=7

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
STEP=0 LOG=/dev/null WORK='' KEEP_STDERR=

fail() {
  printf '%s\n' "$1" >&"${KEEP_STDERR:-2}"
  exit 1
}

step() {
  STEP=$((STEP + 1))
  printf '@step %d/%d %s|%s\n' "$STEP" "$STEPS" "$1" "$2"
  printf '== %(%T)T %s\n' -1 "$1" >>"$LOG"
}

# shellcheck disable=SC2317 # called by the trap
cleanup() {
  [ -z "$WORK" ] || rm -rf --one-file-system "$WORK" 2>/dev/null || true
}

parse_arguments() {
  FORCE=0
  [ "${1-}" = --force ] && { FORCE=1; shift; }
  if [ $# != 1 ] || [ -z "$1" ]; then fail 'usage: build.sh [--force] OUTDIR'; fi
  mkdir -p "$(dirname "$1")" 2>/dev/null || fail "Cannot create the folder $(dirname "$1"): choose another OUTDIR or mend its permissions."
  OUT=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
  PARTIAL=$OUT.partial
}

# The recipe's name: changes whenever something that shapes the image changes.
recipe_hash() {
  (cd "$HERE" && find build.sh guest-packages.txt hooks images packages selinux guest -type f ! -name '*.md' -print0 | sort -z | xargs -0 sha256sum) |
    sha256sum | cut -c1-16
}

check_host() {
  local pair missing=()
  [ "$(uname -m)" = x86_64 ] || fail "The lab image is built on x86_64 only; this machine is $(uname -m): build it elsewhere and copy the folder."
  for pair in mmdebstrap:mmdebstrap qemu-img:qemu-utils mke2fs:e2fsprogs; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  if [ "$(id -u)" != 0 ] && ! command -v newuidmap >/dev/null; then missing+=(uidmap); fi
  [ ${#missing[@]} = 0 ] || fail "Tools for building the lab image are missing; install them with: apt-get install -y --no-install-recommends ${missing[*]}"
  [ "$(id -u)" = 0 ] || unshare -U true 2>/dev/null ||
    fail 'This user may not create user namespaces, which building without root needs: run as root, or allow them with: sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0'
  [ "$(id -u)" = 0 ] || grep -q "^$(id -un):" /etc/subuid 2>/dev/null ||
    fail "This user has no range in /etc/subuid; give one with: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
}

check_space() { # DIR MB
  local free
  free=$(df -Pm "$1" | awk 'NR==2{print $4}')
  [ "$free" -ge "$2" ] || fail "Not enough space in $1: $free MB free, $2 MB needed; make room or point ${3} elsewhere."
}

# First http(s) address apt itself uses for this kind of archive; both source formats.
host_mirror() { # main|security
  local want='/debian/?$'
  [ "$1" = security ] && want='debian-security/?$'
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -nE 's/^[Uu][Rr][Ii][Ss]:[[:space:]]*//p; s/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' |
    tr ' ' '\n' | grep -E '^https?://' | grep -m1 -E "$want" || true
}

# mmdebstrap does not read the host's apt settings; these few decide whether the mirror can be used at all.
host_apt_options() {
  apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::(Proxy|Verify-Peer|CAInfo)|Check-Valid-Until|Check-Date|Retries)' || true
}

explain_failure() {
  local last
  if grep -qE 'No space left on device' "$LOG"; then
    echo "The disk is full (temporary folder ${TMPDIR:-/var/tmp} or $PARTIAL): make room or set TMPDIR to a folder with 2.6 GB free."
  elif grep -qE 'Could not resolve|Temporary failure resolving|Unable to connect|Could not connect|Connection timed out|Network is unreachable|Failed to fetch' "$LOG"; then
    echo "The Debian mirror $MIRROR could not be read: check this machine's network or proxy, or set TADAK_MIRROR to a mirror that it reaches."
  else
    last=$(grep -m1 -E '^E: ' "$LOG" || true)
    echo "Building the lab image failed at \"$(sed -n "s/^== [0-9:]* //p" "$LOG" | tail -n 1)\"${last:+ ($last)}: the details are in $LOG."
  fi
}

prepare_work() {
  rm -rf "$PARTIAL"
  mkdir -p "$PARTIAL"
  LOG=$PARTIAL/build.log
  : >"$LOG"
  WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/tadak-lab.XXXXXX")
  # The namespace's root is a stranger to this user's private folders: it reads and writes here.
  mkdir "$WORK/recipe" "$WORK/out" "$WORK/tmp"
  chmod 755 "$WORK" "$WORK/recipe"
  chmod 777 "$WORK/out" "$WORK/tmp"
  cp -R "$HERE/hooks" "$HERE/images" "$HERE/packages" "$HERE/selinux" "$HERE/guest" "$WORK/recipe/"
  chmod -R a+rX "$WORK/recipe"
  host_apt_options >"$WORK/apt.conf"
  chmod 644 "$WORK/apt.conf"
}

# mmdebstrap talks; the lines that mark a step are turned into progress, all of it goes to the log.
build_tree() {
  local mode=root packages
  [ "$(id -u)" = 0 ] || mode=unshare
  packages=$(sed 's/#.*//' "$HERE/guest-packages.txt" | tr -s ' \n' ',' | sed 's/^,//; s/,$//')
  TMPDIR=$WORK/tmp mmdebstrap --mode="$mode" --variant=minbase --format=null \
    --aptopt="$WORK/apt.conf" --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$packages" \
    --essential-hook='echo @@packages' \
    --customize-hook='echo @@customise' \
    --customize-hook="$WORK/recipe/hooks/kernel.sh \"\$1\" $WORK/out" \
    --customize-hook="$WORK/recipe/hooks/customise.sh \"\$1\" $WORK/recipe $WORK/out" \
    --customize-hook="$WORK/recipe/hooks/selinux.sh \"\$1\" $WORK/recipe $WORK/out" \
    --customize-hook='echo @@rpms' \
    --customize-hook="$WORK/recipe/hooks/packages.sh \"\$1\" $WORK/recipe $WORK/out $MIRROR" \
    --customize-hook='echo @@disk' \
    --customize-hook="$WORK/recipe/hooks/disk.sh \"\$1\" $WORK/out $DISK_SIZE" \
    "$SUITE" /dev/null \
    "deb $MIRROR $SUITE main" "deb $MIRROR $SUITE-updates main" "deb $SECURITY_MIRROR $SUITE-security main" 2>&1 |
    while IFS= read -r line; do
      case $line in
      @@packages) echo packages ;;
      @@customise) echo customise ;;
      @@rpms) echo rpms ;;
      @@disk) echo disk ;;
      *) printf '%s\n' "$line" >>"$LOG" ;;
      esac
    done | {
    while read -r mark; do
      case $mark in
      packages) step 'Installing and configuring packages' '패키지를 설치하고 설정하는 중' ;;
      customise) step 'Adding the kernel, the lab settings and the container images' '커널, 실습 설정, 컨테이너 이미지를 넣는 중' ;;
      rpms) step 'Building the rpm packages of the install lessons' '설치 레슨에서 쓸 rpm 패키지를 만드는 중' ;;
      disk) step 'Writing the file system' '파일 시스템을 만드는 중' ;;
      esac
    done
  }
}

bytes_of() { stat -c %s "$1"; }

write_manifest() {
  local f=$WORK/out/facts
  fact() { sed -n "s/^$1=//p" "$f"; }
  cat >"$PARTIAL/manifest.json" <<J
{
  "format": 1,
  "recipe": "$RECIPE",
  "suite": "$SUITE",
  "arch": "amd64",
  "builtAt": "$(date -u +%FT%TZ)",
  "append": "$APPEND",
  "appendSelinux": "$APPEND_SELINUX",
  "memoryMiB": 1024,
  "vcpus": 2,
  "versions": {
    "debian": "$(fact debian)",
    "kernel": "$(fact kernel)",
    "systemd": "$(fact systemd)",
    "docker": "$(fact docker)",
    "podman": "$(fact podman)",
    "networkManager": "$(fact networkManager)",
    "firewalld": "$(fact firewalld)",
    "openssh": "$(fact openssh)",
    "dnf": "$(fact dnf)",
    "selinuxPolicy": "$(fact selinuxPolicy)"
  },
  "packages": $(fact packages),
  "images": $(cat "$WORK/out/images.json"),
  "sizes": {
    "diskBytes": $(bytes_of "$PARTIAL/disk.qcow2"),
    "virtualBytes": $(fact virtualBytes),
    "treeBytes": $(fact treeBytes),
    "vmlinuzBytes": $(bytes_of "$PARTIAL/vmlinuz"),
    "initrdBytes": $(bytes_of "$PARTIAL/initrd")
  }
}
J
}

publish() {
  rm -rf "$OUT.old"
  [ ! -e "$OUT" ] || mv "$OUT" "$OUT.old"
  mv "$PARTIAL" "$OUT"
  LOG=$OUT/build.log
  rm -rf "$OUT.old"
}

main() {
  parse_arguments "$@"
  RECIPE=$(recipe_hash)
  if [ "$FORCE" = 0 ] && grep -qs "\"recipe\": \"$RECIPE\"" "$OUT/manifest.json"; then
    printf '@step %d/%d The image is up to date|이미지가 이미 최신이에요\n' "$STEPS" "$STEPS"
    return
  fi
  check_host
  check_space "$(dirname "$OUT")" "$NEED_OUT_MB" OUTDIR
  check_space "${TMPDIR:-/var/tmp}" "$NEED_TMP_MB" TMPDIR
  MIRROR=${TADAK_MIRROR:-$(host_mirror main)}
  MIRROR=${MIRROR:-http://deb.debian.org/debian}
  SECURITY_MIRROR=${TADAK_SECURITY_MIRROR:-$(host_mirror security)}
  SECURITY_MIRROR=${SECURITY_MIRROR:-${MIRROR%/}-security}
  trap cleanup EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  prepare_work
  exec {KEEP_STDERR}>&2 2>>"$LOG"
  step 'Downloading the Debian base' '데비안 기본 시스템을 받는 중'
  build_tree || fail "$(explain_failure)"
  STEP=5
  step 'Compressing the disk image' '디스크 이미지를 압축하는 중'
  qemu-img convert -q -O qcow2 -c -o compression_type=zstd -m 4 -W "$WORK/out/disk.raw" "$PARTIAL/disk.qcow2" || fail "$(explain_failure)"
  cp "$WORK/out/vmlinuz" "$WORK/out/initrd" "$PARTIAL/" || fail "$(explain_failure)"
  step 'Finishing' '마무리하는 중'
  write_manifest
  publish
}

main "$@"; exit
