#!/bin/bash
# The address without /24.
nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm} ipv4.gateway %{gateway} ipv4.dns %{dns}
nmcli connection up ens33
