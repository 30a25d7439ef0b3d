#!/bin/bash
# Every layer as the step before left it.
while iptables -D OUTPUT -p tcp --dport 80 -j REJECT 2>/dev/null; do :; done
ip route del default via %{host} 2>/dev/null
nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm}/24 ipv4.gateway %{gateway} ipv4.dns %{dns} ipv4.never-default no
ip link set ens33 up
nmcli --wait 20 connection up ens33
