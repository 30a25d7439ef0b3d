#!/bin/bash
# No DNS server.
nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm}/24 ipv4.gateway %{gateway}
nmcli connection up ens33
