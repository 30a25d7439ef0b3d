#!/bin/sh
# kernel.sh ROOT OUT : unpacks Debian's cloud kernel (its scripts are not run: no boot loader, no initramfs-tools),
# keeps the modules a virtual machine can use and writes OUT/vmlinuz and OUT/initrd. Runs inside mmdebstrap's namespace.
set -eu
ROOT=$1 OUT=$2
unset TMPDIR

work=$ROOT/tmp/kernel
mkdir -p "$work"
name=$(chroot "$ROOT" apt-cache depends linux-image-cloud-amd64 | awk '$1 == "Depends:" { print $2; exit }')
"$(dirname "$0")/download.sh" "$ROOT" /tmp/kernel -- "$name" busybox-static
dpkg-deb --fsys-tarfile "$work"/linux-image-*.deb | tar -x -C "$ROOT" --keep-directory-symlink --exclude='./usr/share/*'
dpkg-deb --fsys-tarfile "$work"/busybox-static_*.deb | tar -x -C "$work" --wildcards '*/bin/busybox'
busybox=$(find "$work" -path '*bin/busybox' -type f | head -n 1)
install -m 755 "$busybox" "$ROOT/tmp/busybox"

cp "$ROOT"/boot/vmlinuz-* "$OUT/vmlinuz"
chmod 644 "$OUT/vmlinuz"
rm -rf "${ROOT:?}"/boot/*

version=$(basename "$ROOT"/lib/modules/*)
modules=$ROOT/lib/modules/$version/kernel
# What the emulated machine does not have. udev would load some of it anyway, seconds of boot for nothing.
for part in sound \
  drivers/gpu drivers/infiniband drivers/media drivers/staging drivers/scsi drivers/usb drivers/hv drivers/hid drivers/input \
  drivers/platform drivers/xen drivers/acpi drivers/ata drivers/hwmon drivers/thermal drivers/watchdog drivers/nvdimm \
  drivers/edac drivers/cpufreq drivers/parport drivers/ptp drivers/char/ipmi drivers/net/ethernet drivers/net/wireless \
  drivers/firmware/qemu_fw_cfg.ko arch/x86/kvm arch/x86/crypto arch/x86/events \
  fs/btrfs fs/ocfs2 fs/gfs2 fs/nfs fs/nfsd fs/smb fs/ceph fs/afs fs/f2fs fs/jfs fs/reiserfs fs/ubifs fs/udf fs/ufs fs/dlm \
  fs/nilfs2 fs/orangefs fs/coda fs/9p fs/lockd fs/ntfs3 fs/hfs fs/hfsplus fs/minix fs/exfat fs/fscache fs/cachefiles fs/xfs \
  net/bluetooth net/wireless net/mac80211 net/sctp net/tipc net/rds net/ceph net/batman-adv net/openvswitch net/dccp \
  net/can net/mpls net/rxrpc net/sunrpc net/atm net/l2tp net/ieee802154 net/9p; do
  rm -rf "${modules:?}/$part"
done
chroot "$ROOT" depmod "$version"

# The initrd: busybox and the two drivers between the firmware and the root disk.
tree=$ROOT/tmp/initrd
mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/root" "$tree/m"
cp "$busybox" "$tree/bin/busybox"
load=
for module in virtio_pci virtio_blk; do
  for file in $(chroot "$ROOT" modprobe -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'); do
    base=$(basename "$file")
    [ -e "$tree/m/$base" ] || { cp "$ROOT$file" "$tree/m/" && load="$load $base"; }
  done
done
# With SELinux among the LSMs of the command line the guest is given it before anything of it runs.
cat >"$tree/init" <<I
#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
for m in$load; do /bin/busybox insmod /m/\$m; done
/bin/busybox mount -t ext4 -o rw,noatime /dev/vda /root || exec /bin/busybox sh
/bin/busybox mount -t proc proc /root/proc
if /bin/busybox grep -q 'lsm=[a-z,]*selinux' /root/proc/cmdline; then
  /bin/busybox chroot /root /usr/lib/tadak/lay-in-selinux || exec /bin/busybox sh
fi
/bin/busybox umount /root/proc
exec /bin/busybox switch_root /root /lib/systemd/systemd
I
chmod 755 "$tree/init"
chroot "$ROOT" sh -c 'cd /tmp/initrd && find . | LC_ALL=C sort | /tmp/busybox cpio -o -H newc -R 0:0' >"$OUT/initrd"
rm -rf "$work" "$tree"
