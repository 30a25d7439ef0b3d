#!/bin/bash
# The zone that ens33 is in; firewalld need not be running.
zone=$(busctl --system call org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1.zone \
  getZoneOfInterface s ens33 2>/dev/null | cut -s -d'"' -f2)
[ -n "$zone" ] || zone=$(firewall-offline-cmd --get-default-zone)
printf '%s\n' "$zone"
