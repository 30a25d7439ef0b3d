#!/bin/bash
# Added instead of replaced.
nmcli connection modify ens34 +ipv4.addresses %{host-only-vm}/24
nmcli connection up ens34
