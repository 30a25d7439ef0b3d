#!/bin/bash
# A name server that does not exist.
nmcli connection modify ens33 ipv4.dns %{prefix}.99
nmcli connection up ens33
