#!/bin/bash
need lsns nsenter pgrep
host=$(cat /proc/sys/kernel/hostname)
[ "$host" != handmade ] || fail host-renamed "$(cat /etc/hostname)" "$host"
root=$(stat -Lc %d:%i /)
by_docker=
while read -r pid; do
  [ "$(nsenter -t "$pid" -u cat /proc/sys/kernel/hostname 2>/dev/null)" = handmade ] || continue
  # A container has files of its own, a namespace made by hand has ours.
  [ "$(stat -Lc %d:%i "/proc/$pid/root")" != "$root" ] || exit 0
  by_docker=yes
done < <(lsns -t uts -rno PID)
[ -z "$by_docker" ] || fail by-docker
pid=$(pgrep -o -f '^sleep 3601') || fail no-process
[ "$(ns "$pid" uts)" != "$(ns 1 uts)" ] || fail no-namespace
fail name handmade "$(nsenter -t "$pid" -u cat /proc/sys/kernel/hostname)"
