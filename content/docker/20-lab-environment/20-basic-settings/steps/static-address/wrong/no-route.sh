#!/bin/bash
# A profile that may never be the default route.
nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm}/24 ipv4.gateway %{gateway} ipv4.dns %{dns} ipv4.never-default yes
nmcli connection up ens33
