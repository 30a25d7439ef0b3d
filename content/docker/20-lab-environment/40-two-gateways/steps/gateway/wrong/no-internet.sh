#!/bin/bash
# Routes right, but the web is blocked.
nmcli connection modify ens34 ipv4.gateway "" ipv4.never-default yes
nmcli connection up ens34
iptables -I OUTPUT -p tcp --dport 80 -j REJECT
