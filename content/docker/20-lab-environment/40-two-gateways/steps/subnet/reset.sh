#!/bin/bash
# The address outside its network again; the gateway stays as it is.
while iptables -D OUTPUT -d %{host-only-host} -j REJECT 2>/dev/null; do :; done
nmcli -g connection.uuid connection show ens34 >/dev/null 2>&1 ||
  nmcli connection add type ethernet ifname ens34 con-name ens34 ipv6.method disabled
nmcli connection modify ens34 ipv4.method manual ipv4.addresses %{stray-prefix}.3/24
nmcli --wait 30 connection up ens34
