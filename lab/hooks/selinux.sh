#!/bin/bash
# selinux.sh ROOT RECIPE OUT : packs SELinux for the guest into /usr/share/tadak/selinux.tar.gz: Debian's tools and a policy
# compiled from the modules that the guest has a use for. Nothing of it is installed: a lab that boots with SELinux among its
# LSMs lays it in (usr/lib/tadak/lay-in-selinux), every other lab stays without. Needs the apt lists of the tree. Runs inside
# mmdebstrap's namespace.
set -euo pipefail
ROOT=$1 RECIPE=$2 OUT=$3
unset TMPDIR

PACKAGES=(selinux-policy-default policycoreutils selinux-utils)
# The policy's name in the labs: the notes and every Enterprise Linux call it so.
POLICY=targeted
W=/tmp/selinux T=/tmp/selinux/tree

in_guest() { chroot "$ROOT" "$@"; }

fetch() {
  local deb
  mkdir -p "$ROOT$W/debs" "$ROOT$T/usr/lib" "$ROOT$T/usr/sbin"
  ln -s usr/lib usr/sbin "$ROOT$T"
  "$(dirname "$0")/download.sh" "$ROOT" "$W/debs" -- "${PACKAGES[@]}"
  for deb in "$ROOT$W/debs"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$ROOT$T" --keep-directory-symlink --exclude='./usr/share/doc/*' \
      --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/lintian/*' --exclude='./etc/init.d/*'
  done
}

# Debian's package would compile all of its modules when it is installed, and under another name.
compile() {
  local name modules=()
  mv "$ROOT$T/etc/selinux/default" "$ROOT$T/etc/selinux/$POLICY"
  mv "$ROOT$T/var/lib/selinux/default" "$ROOT$T/var/lib/selinux/$POLICY"
  while read -r name; do modules+=(-i "$T/usr/share/selinux/default/$name.pp.bz2"); done < <(sed 's/#.*//; /^ *$/d' "$RECIPE/selinux/modules.txt")
  cp "$RECIPE/selinux/lab.cil" "$ROOT$W/"
  cat >"$ROOT$T/etc/selinux/semanage.conf" <<C
module-store = direct
expand-check = 0
compiler-directory = $T/usr/libexec/selinux/hll
[setfiles]
path = $T/usr/sbin/setfiles
args = -q -c \$@ \$<
[end]
[sefcontext_compile]
path = $T/usr/sbin/sefcontext_compile
args = \$@
[end]
C
  in_guest "$T/usr/sbin/semodule" -p "$T" -s "$POLICY" -n -X 100 "${modules[@]}" -X 400 -i "$W/lab.cil"
  # The guest has the file from Debian, for its own paths.
  rm "$ROOT$T/etc/selinux/semanage.conf"
  rm -r "$ROOT$T/usr/share/selinux"
}

pack() {
  cp -R --no-preserve=ownership "$RECIPE/selinux/tree/." "$ROOT$T/"
  tar -C "$ROOT$T" --owner=0 --group=0 --numeric-owner --sort=name -czf "$ROOT/usr/share/tadak/selinux.tar.gz" etc usr var
}

fetch
compile
pack
printf 'selinuxPolicy=%s\n' "$(dpkg-deb -f "$ROOT$W/debs"/selinux-policy-default_*.deb Version | sed -E 's/^[0-9]+://; s/[-+~].*//')" >>"$OUT/facts"
rm -rf "${ROOT:?}$W"
