#!/bin/sh
# disk.sh ROOT OUT SIZE : last clean-up of the tree, then ext4 straight from the folder into OUT/disk.raw.
# Runs inside mmdebstrap's namespace, where the files have their true owners.
set -eu
ROOT=$1 OUT=$2 SIZE=$3
unset TMPDIR
PATH=$PATH:/usr/sbin:/sbin

rm -rf "$ROOT"/var/cache/apt/* "$ROOT"/var/lib/apt/lists/* "$ROOT"/tmp/* "$ROOT"/var/log/apt/* "$ROOT"/var/log/*.log \
  "$ROOT"/var/cache/debconf/*-old "$ROOT"/var/lib/dpkg/*-old "$ROOT"/etc/apt/apt.conf.d/99mmdebstrap "$ROOT"/etc/resolv.conf
# Empty, not absent: NetworkManager writes it once it knows a name server.
: >"$ROOT/etc/resolv.conf"

{
  printf 'treeBytes=%s\n' "$(du -sxb "$ROOT" 2>/dev/null | cut -f1)"
  printf 'virtualBytes=%s\n' "$(numfmt --from=iec "$SIZE")"
} >>"$OUT/facts"

rm -f "$OUT/disk.raw"
truncate -s "$SIZE" "$OUT/disk.raw"
export ROOT OUT
# A mount namespace of its own, so that what mmdebstrap mounted over dev, proc and sys does not end up in the image.
# shellcheck disable=SC2016 # expanded by the inner shell
unshare -m sh -eu -c '
  mounts() { awk -v root="$ROOT/" "index(\$5, root) == 1 { print length(\$5), \$5 }" /proc/self/mountinfo | sort -n | cut -d" " -f2-; }
  # Outermost first and lazily: without root the kernel lets go of a bound tree only as a whole.
  mounts | while read -r point; do umount -l "$point" 2>/dev/null || true; done
  [ -z "$(mounts)" ] || { echo "E: still mounted: $(mounts)"; exit 1; }
  mke2fs -q -t ext4 -L lab -m 0 -O ^has_journal,^metadata_csum,64bit \
    -E root_owner=0:0,lazy_itable_init=1,nodiscard -d "$ROOT" "$OUT/disk.raw"
'
chmod 644 "$OUT"/*
