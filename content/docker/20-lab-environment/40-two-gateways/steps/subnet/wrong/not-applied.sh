#!/bin/bash
# The profile changed, never brought up.
nmcli connection modify ens34 ipv4.addresses %{host-only-vm}/24
