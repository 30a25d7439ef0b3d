#!/bin/bash
# Address, gateway and DNS, but the method is still auto.
nmcli connection modify ens33 ipv4.addresses %{vm}/24 ipv4.gateway %{gateway} ipv4.dns %{dns}
nmcli connection up ens33
