#!/bin/bash
need systemctl busctl
now=$(systemctl is-active firewalld)
[ "$now" = active ] || fail off active "$now"
boot=$(systemctl is-enabled firewalld 2>/dev/null)
[ "$boot" = enabled ] || fail not-enabled enabled "$boot"

# firewall-cmd takes seconds on a slow machine; the service itself answers at once.
bus=org.fedoraproject.FirewallD1 at=/org/fedoraproject/FirewallD1
call() { busctl --system call "$bus" "$@" 2>/dev/null; }
word() { cut -s -d'"' -f2; }
zone=$(call "$at" "$bus.zone" getZoneOfInterface s ens33 | word)
[ -n "$zone" ] || zone=$(call "$at" "$bus" getDefaultZone | word)
[ -n "$zone" ] || broken 'firewalld does not say which zone it uses.'
saved=$(call "$at/config" "$bus.config" getZoneByName s "$zone" | word)

[ "$(call "${saved:-$at}" "$bus.config.zone" queryPort ss 8080 tcp)" = 'b true' ] || fail not-permanent "8080/tcp ($zone)"
[ "$(call "$at" "$bus.zone" queryPort sss "$zone" 8080 tcp)" = 'b true' ] || fail not-loaded "8080/tcp ($zone)"
# Coming back, firewalld may sweep out Docker's rules.
docker_rules || fail docker-rules
exit 0
