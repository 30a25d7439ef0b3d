#!/bin/bash
# build.sh [--force] OUTDIR
#
# Builds the lab guest: OUTDIR/{disk.qcow2,vmlinuz,initrd,manifest.json}. Runs as root or as an ordinary user; everything
# that needs root inside the guest happens in mmdebstrap's own user namespace. No loop device, no mount on the host.
#
#   stdout   progress for a machine, one line per step: @step N/M <english>|<korean>
#   stderr   on failure one line, what failed and how to mend it: @fail <english>|<korean>
#   OUTDIR/build.log (OUTDIR.partial/build.log after a failure)   everything else
#
# OUTDIR appears only when it is whole. A second run with the same recipe does nothing; --force builds again.
# Environment: TADAK_MIRROR (Debian mirror), TADAK_SECURITY_MIRROR, TMPDIR (default /var/tmp, about 2.6 GB are needed),
# TADAK_PACKAGES (a folder where the packages of the latest build are kept, so that the next one fetches only what is new).
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
STEP=0 LOG=/dev/null WORK='' KEEP_STDERR='' TURN=

fail() { # ENGLISH KOREAN
  printf '@fail %s|%s\n' "${1//|//}" "${2//|//}" >&"${KEEP_STDERR:-2}"
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
  if [ $# != 1 ] || [ -z "$1" ]; then fail 'usage: build.sh [--force] OUTDIR' '쓰는 법: build.sh [--force] OUTDIR'; fi
  mkdir -p "$(dirname "$1")" 2>/dev/null ||
    fail "Cannot create the folder $(dirname "$1"): choose another OUTDIR or mend its permissions." \
      "폴더 $(dirname "$1") 를 만들 수 없어요. 다른 OUTDIR 을 주거나 권한을 고쳐 주세요."
  OUT=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
  PARTIAL=$OUT.partial
}

# The recipe's name: changes whenever something that shapes the image changes.
recipe_hash() {
  (cd "$HERE" && find build.sh guest-packages.txt hooks images packages selinux guest -type f ! -name '*.md' -print0 | sort -z | xargs -0 sha256sum) |
    sha256sum | cut -c1-16
}

# One command that installs Debian's packages by the names that this machine's distribution has for them.
install_command() { # PACKAGE...
  local names=" $* "
  if command -v apt-get >/dev/null; then
    echo "apt-get install -y --no-install-recommends $*"
  elif command -v dnf >/dev/null; then
    names=${names/ qemu-utils / qemu-img } names=${names/ uidmap / shadow-utils }
    names=${names% }
    echo "dnf install -y${names}"
  else
    echo "$*"
  fi
}

check_host() {
  local pair command missing=()
  [ "$(uname -m)" = x86_64 ] ||
    fail "The lab image is built on x86_64 only; this machine is $(uname -m): build it elsewhere, copy the folder and name it with --image." \
      "실습용 이미지는 x86_64에서만 만들 수 있는데 이 컴퓨터는 $(uname -m)예요. 다른 컴퓨터에서 만든 폴더를 복사해 와서 --image 로 알려 주세요."
  for pair in mmdebstrap:mmdebstrap qemu-img:qemu-utils mke2fs:e2fsprogs; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  if [ "$(id -u)" != 0 ] && ! command -v newuidmap >/dev/null; then missing+=(uidmap); fi
  if [ ${#missing[@]} != 0 ]; then
    command=$(install_command "${missing[@]}")
    fail "Tools for building the lab image are missing; install them with: $command" \
      "실습용 이미지를 만드는 도구가 없어요. 설치해 주세요: $command"
  fi
  [ "$(id -u)" = 0 ] || unshare -U true 2>/dev/null || {
    command='sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0'
    fail "This user may not create user namespaces, which building without root needs: run as root, or allow them with: $command" \
      "이 사용자는 사용자 네임스페이스를 만들 수 없는데, root 없이 만들려면 그것이 필요해요. root로 실행하거나 이렇게 허용해 주세요: $command"
  }
  [ "$(id -u)" = 0 ] || grep -q "^$(id -un):" /etc/subuid 2>/dev/null || {
    command="usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
    fail "This user has no range in /etc/subuid; give one with: $command" \
      "이 사용자에게는 /etc/subuid 의 번호 범위가 없어요. 이렇게 주세요: $command"
  }
}

check_space() { # DIR MB NAME
  local free
  free=$(df -Pm "$1" | awk 'NR==2{print $4}')
  [ "$free" -ge "$2" ] ||
    fail "Not enough space in $1: $free MB free, $2 MB needed; make room or point ${3} elsewhere." \
      "$1 에 자리가 모자라요($free MB 남음, $2 MB 필요). 자리를 만들거나 $3 에 다른 폴더를 적어 주세요."
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

fail_by_log() {
  local last at
  if grep -qE 'No space left on device' "$LOG"; then
    fail "The disk is full (temporary folder ${TMPDIR:-/var/tmp} or $PARTIAL): make room or set TMPDIR to a folder with 2.6 GB free." \
      "디스크가 가득 찼어요(임시 폴더 ${TMPDIR:-/var/tmp} 또는 $PARTIAL). 자리를 만들거나 TMPDIR 을 2.6 GB가 남은 폴더로 정해 주세요."
  elif grep -qE 'Could not resolve|Temporary failure resolving|Unable to connect|Could not connect|Connection timed out|Network is unreachable|Failed to fetch' "$LOG"; then
    fail "The Debian mirror $MIRROR could not be read: check this machine's network or proxy, or set TADAK_MIRROR to a mirror that it reaches." \
      "데비안 미러 $MIRROR 를 읽지 못했어요. 이 컴퓨터의 네트워크나 프록시를 확인하거나, 닿는 미러를 TADAK_MIRROR 로 정해 주세요."
  fi
  last=$(grep -m1 -E '^E: ' "$LOG" || true)
  at=$(sed -n "s/^== [0-9:]* //p" "$LOG" | tail -n 1)
  fail "Building the lab image failed at \"$at\"${last:+ ($last)}: the details are in $LOG." \
    "실습용 이미지를 만들다가 \"$at\"에서 멈췄어요${last:+($last)}. 자세한 내용은 $LOG 에 있어요."
}

# A build whose server was killed ends by itself at its next step: until then there are not two. What a killed build left is removed.
take_turn() {
  local left
  exec {TURN}>"$OUT.lock"
  flock "$TURN"
  for left in "${TMPDIR:-/var/tmp}"/tadak-lab.*; do
    [ -O "$left" ] && [ -f "$left/pid" ] && ! kill -0 "$(cat "$left/pid")" 2>/dev/null && rm -rf --one-file-system "$left"
  done
  return 0
}

prepare_work() {
  rm -rf "$PARTIAL"
  mkdir -p "$PARTIAL"
  LOG=$PARTIAL/build.log
  : >"$LOG"
  WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/tadak-lab.XXXXXX")
  echo $$ >"$WORK/pid"
  # The namespace's root is a stranger to this user's private folders: it reads and writes here.
  mkdir "$WORK/recipe" "$WORK/out" "$WORK/used" "$WORK/tmp" "$WORK/packages"
  chmod 755 "$WORK" "$WORK/recipe"
  chmod 777 "$WORK/out" "$WORK/used" "$WORK/tmp"
  cp -R "$HERE/hooks" "$HERE/images" "$HERE/packages" "$HERE/selinux" "$HERE/guest" "$WORK/recipe/"
  chmod -R a+rX "$WORK/recipe"
  host_apt_options >"$WORK/apt.conf"
  chmod 644 "$WORK/apt.conf"
  take_packages
}

# The packages of an earlier build, as far as they are still what they were: apt would take one by its size alone. Whatever is
# missing is fetched.
take_packages() {
  local name sum
  [ -f "${TADAK_PACKAGES-}/SHA256SUMS" ] || return 0
  while read -r sum name; do
    install -m 644 "$TADAK_PACKAGES/$name" "$WORK/packages/" || continue
    echo "$sum  $WORK/packages/$name" | sha256sum --check --quiet || rm -f "$WORK/packages/$name"
  done <"$TADAK_PACKAGES/SHA256SUMS" >>"$LOG" 2>&1
}

# Those that this build had a use for and no others. When they cannot be kept the image is as good.
keep_packages() {
  [ -n "${TADAK_PACKAGES-}" ] || return 0
  rm -rf "$TADAK_PACKAGES.new" "$TADAK_PACKAGES.old"
  if mkdir -p "$TADAK_PACKAGES.new" && install -m 644 "$WORK/used"/*.deb "$TADAK_PACKAGES.new/" &&
    (cd "$TADAK_PACKAGES.new" && sha256sum ./*.deb >SHA256SUMS); then
    [ ! -e "$TADAK_PACKAGES" ] || mv "$TADAK_PACKAGES" "$TADAK_PACKAGES.old"
    mv "$TADAK_PACKAGES.new" "$TADAK_PACKAGES"
  fi 2>>"$LOG" || true
  rm -rf "$TADAK_PACKAGES.new" "$TADAK_PACKAGES.old"
}

# mmdebstrap talks; the lines that mark a step are turned into progress, all of it goes to the log.
build_tree() {
  local mode=root packages
  [ "$(id -u)" = 0 ] || mode=unshare
  packages=$(sed 's/#.*//' "$HERE/guest-packages.txt" | tr -s ' \n' ',' | sed 's/^,//; s/,$//')
  # Its own cleaning up is skipped: hooks/disk.sh has done that, and taken the settings with which apt-get would keep to the tree.
  TMPDIR=$WORK/tmp mmdebstrap --mode="$mode" --variant=minbase --format=null --skip=cleanup/apt --skip=essential/unlink \
    --aptopt="$WORK/apt.conf" --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$packages" \
    --setup-hook="mkdir -p \"\$1\"/var/cache/apt/archives && cp -R $WORK/packages/. \"\$1\"/var/cache/apt/archives/" \
    --essential-hook='echo @@packages' \
    --customize-hook='echo @@customise' \
    --customize-hook="$WORK/recipe/hooks/kernel.sh \"\$1\" $WORK/out" \
    --customize-hook="$WORK/recipe/hooks/customise.sh \"\$1\" $WORK/recipe $WORK/out" \
    --customize-hook="$WORK/recipe/hooks/selinux.sh \"\$1\" $WORK/recipe $WORK/out" \
    --customize-hook='echo @@rpms' \
    --customize-hook="$WORK/recipe/hooks/packages.sh \"\$1\" $WORK/recipe $WORK/out $MIRROR" \
    --customize-hook="$WORK/recipe/hooks/used-packages.sh \"\$1\" $WORK/used" \
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
  take_turn
  trap cleanup EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  prepare_work
  exec {KEEP_STDERR}>&2 2>>"$LOG"
  step 'Downloading the Debian base' '데비안 기본 시스템을 받는 중'
  build_tree || fail_by_log
  STEP=5
  step 'Compressing the disk image' '디스크 이미지를 압축하는 중'
  qemu-img convert -q -O qcow2 -c -o compression_type=zstd -m 4 -W "$WORK/out/disk.raw" "$PARTIAL/disk.qcow2" || fail_by_log
  cp "$WORK/out/vmlinuz" "$WORK/out/initrd" "$PARTIAL/" || fail_by_log
  step 'Finishing' '마무리하는 중'
  write_manifest
  keep_packages
  publish
}

main "$@"; exit
