#!/bin/bash
need ip
hop=$(ip -4 route get %{site} | sed -n 's/.* via \([^ ]*\).*/\1/p')
server=$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)
[ "$server" = "$hop" ] && echo same || echo other
