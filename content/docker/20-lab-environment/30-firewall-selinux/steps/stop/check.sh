#!/bin/bash
need systemctl
now=$(systemctl is-active firewalld)
case $now in active | activating | reloading) fail active inactive "$now" ;; esac
boot=$(systemctl is-enabled firewalld 2>/dev/null)
case $boot in disabled | masked*) ;; *) fail enabled disabled "$boot" ;; esac
# Leaving, firewalld may sweep out Docker's rules as well; then no container can publish a port any more.
docker_rules || fail docker-rules
exit 0
