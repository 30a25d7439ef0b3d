#!/bin/bash
# Breaks ens34 again, both ways, so that there is something to diagnose.
nmcli connection modify ens34 connection.autoconnect yes ipv4.method manual ipv4.addresses %{stray-prefix}.3/24 \
  ipv4.gateway %{stray-prefix}.1 ipv4.route-metric 50 ipv4.never-default no
nmcli --wait 30 connection up ens34
