#!/bin/bash
need systemctl
now=$(systemctl is-active firewalld)
case $now in active | activating | reloading) fail active inactive "$now" ;; esac
boot=$(systemctl is-enabled firewalld 2>/dev/null)
case $boot in disabled | masked*) ;; *) fail enabled disabled "$boot" ;; esac

# Leaving, firewalld may sweep out Docker's rules as well; then no container can publish a port any more.
own_rules() {
  ! grep -qsE '"(iptables|firewall-backend)"' /etc/docker/daemon.json &&
    ! grep -qE -- '--(iptables|firewall-backend)' "/proc/$(pgrep -ox dockerd)/cmdline"
}
if pgrep -x dockerd >/dev/null && command -v iptables >/dev/null && own_rules; then
  iptables -w 5 -t nat -S DOCKER >/dev/null 2>&1 || fail docker-rules
fi
exit 0
