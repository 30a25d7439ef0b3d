#!/bin/bash
set -e
nmcli connection modify ens34 ipv4.addresses %{host-only-vm}/24
nmcli connection up ens34
ping -c 2 %{host-only-host}
