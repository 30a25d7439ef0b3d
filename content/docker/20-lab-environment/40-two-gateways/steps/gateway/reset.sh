#!/bin/bash
# Two gateways again: the one of ens33, whichever way it had it, and a better one over ens34. Addresses stay.
while iptables -D OUTPUT -p tcp --dport 80 -j REJECT 2>/dev/null; do :; done
if [ "$(nmcli -g ipv4.method connection show ens33)" = manual ]; then
  nmcli connection modify ens33 ipv4.gateway %{gateway} ipv4.never-default no
fi
nmcli connection modify ens34 ipv4.method manual ipv4.gateway %{stray-prefix}.1 ipv4.route-metric 50 ipv4.never-default no
nmcli --wait 30 connection up ens33
nmcli --wait 30 connection up ens34
