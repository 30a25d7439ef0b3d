#!/bin/bash
# customise.sh ROOT RECIPE OUT : turns the Debian tree into the lab guest. Needs no network. Runs inside mmdebstrap's namespace.
set -euo pipefail
ROOT=$1 RECIPE=$2 OUT=$3
unset TMPDIR

in_guest() { chroot "$ROOT" "$@"; }

copy_our_files() {
  cp -R --no-preserve=ownership "$RECIPE/guest/." "$ROOT/"
  chmod 600 "$ROOT"/etc/NetworkManager/system-connections/*
  chmod 440 "$ROOT/etc/sudoers.d/wheel"
  cp "$ROOT/etc/skel/.bashrc" "$ROOT/root/.bashrc"
  # A copy, not a link: it outlives the package, and pkill sshd does not know it.
  cp "$ROOT/usr/sbin/sshd" "$ROOT/usr/lib/tadak/tadak-console"
  chmod 755 "$ROOT"/usr/lib/tadak/{tadak-console,console-loop,claim,warm-up,lay-in-selinux}
}

people_and_places() {
  in_guest groupadd -f -r wheel
  sed -i 's/^#\?CREATE_HOME.*//' "$ROOT/etc/login.defs"
  echo 'CREATE_HOME yes' >>"$ROOT/etc/login.defs"
  # No password fits, yet the account is not locked: sshd without PAM turns locked accounts away.
  in_guest usermod -p '*' root
  in_guest update-alternatives --quiet --install /usr/bin/vim vim /usr/bin/vim.tiny 10
  ln -sf dnf "$ROOT/usr/bin/yum"
  install -d -m 755 "$ROOT/var/lib/rpm"
  in_guest rpm --initdb
  echo 12 >"$ROOT/etc/dnf/vars/releasever"
  # Podman has netavark here; the sample for the older plugins only makes it complain.
  rm -f "$ROOT"/etc/cni/net.d/87-podman-bridge.conflist
  : >"$ROOT/etc/motd"
  rm -rf "$ROOT"/etc/update-motd.d/*
  : >"$ROOT/etc/machine-id"
  rm -f "$ROOT/var/lib/dbus/machine-id" "$ROOT"/etc/ssh/ssh_host_*
  # The student's sshd starts with a key of the image; claim gives every lab its own.
  in_guest ssh-keygen -q -t ed25519 -N '' -C lab -f /etc/ssh/ssh_host_ed25519_key
  in_guest ssh-keygen -q -t ed25519 -N '' -C lab -f /etc/tadak/console_host_key
  rm "$ROOT/etc/tadak/console_host_key.pub"
  install -m 600 /dev/null "$ROOT/etc/tadak/console_authorized_keys"
}

# Units that only cost time in a machine that lives for a lesson. Timers would also all fire at once in a clone, when its
# clock jumps from the freeze to now.
trim_boot() {
  local unit
  for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    man-db.timer logrotate.timer dnf-makecache.timer systemd-tmpfiles-clean.timer podman-auto-update.timer \
    podman-auto-update.service podman-restart.service \
    systemd-timesyncd.service systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service \
    NetworkManager-wait-online.service NetworkManager-dispatcher.service getty@tty1.service \
    systemd-random-seed.service systemd-pstore.service systemd-update-utmp-runlevel.service systemd-hwdb-update.service \
    systemd-journal-flush.service systemd-journal-catalog-update.service systemd-update-done.service systemd-binfmt.service \
    systemd-machine-id-commit.service systemd-boot-update.service systemd-ask-password-wall.path \
    systemd-ask-password-console.path dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
    sys-fs-fuse-connections.mount kmod-static-nodes.service wpa_supplicant.service ModemManager.service; do
    ln -sf /dev/null "$ROOT/etc/systemd/system/$unit"
  done
  rm -f "$ROOT/etc/cron.d/e2scrub_all"
}

enable_units() {
  in_guest systemctl --quiet enable ssh.service NetworkManager.service firewalld.service tadak-console.service hub.service \
    mirror.socket
  in_guest systemctl --quiet disable docker-registry.service podman.socket podman.service 2>/dev/null || true
  # The name sshd works as on the Enterprise Linux family, enabled or not.
  ln -sf /lib/systemd/system/ssh.service "$ROOT/etc/systemd/system/sshd.service"
}

container_images() {
  install -d "$ROOT/usr/share/tadak" "$ROOT/var/lib/tadak/hub" "$ROOT/tmp/images"
  cp "$RECIPE/images/build.py" "$ROOT/tmp/images/"
  in_guest python3 /tmp/images/build.py --busybox /tmp/busybox --registry /usr/bin/docker-registry \
    --archive /usr/share/tadak/images.tar --hub /var/lib/tadak/hub --summary /tmp/images/images.json
  cp "$ROOT/tmp/images/images.json" "$OUT/images.json"
  rm -rf "$ROOT/tmp/images"
  # The web server behind mirror.socket.
  mv "$ROOT/tmp/busybox" "$ROOT/usr/lib/tadak/busybox"
}

# shellcheck disable=SC2016 # the dollar is dpkg's
version_of() { in_guest dpkg-query -W -f '${Version}' "$1" | sed -E 's/^[0-9]+://; s/[-+~].*//'; }

facts() {
  cat <<F
debian=$(cat "$ROOT/etc/debian_version")
kernel=$(basename "$ROOT"/lib/modules/*)
systemd=$(version_of systemd)
podman=$(version_of podman)
networkManager=$(version_of network-manager)
firewalld=$(version_of firewalld)
openssh=$(version_of openssh-server)
dnf=$(version_of dnf)
packages=$(in_guest dpkg-query -f '.\n' -W | wc -l)
F
}

copy_our_files
people_and_places
trim_boot
enable_units
container_images
facts >>"$OUT/facts"
