#!/bin/bash
# The address outside its network again. The gateway stays as it is; where the profile was deleted it comes back with it.
while iptables -D OUTPUT -d %{host-only-host} -j REJECT 2>/dev/null; do :; done
if nmcli -g connection.uuid connection show ens34 >/dev/null 2>&1; then
  nmcli connection modify ens34 ipv4.method manual ipv4.addresses %{stray-prefix}.3/24
else
  nmcli connection add type ethernet ifname ens34 con-name ens34 ipv6.method disabled ipv4.method manual \
    ipv4.addresses %{stray-prefix}.3/24 ipv4.gateway %{stray-prefix}.1 ipv4.route-metric 50
fi
nmcli --wait 30 connection up ens34
