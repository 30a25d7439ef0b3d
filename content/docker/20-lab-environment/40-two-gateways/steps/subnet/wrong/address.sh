#!/bin/bash
# The mistake of the notes: near, but still another network than the adapter.
nmcli connection modify ens34 ipv4.addresses %{stray-prefix}.4/24
nmcli connection up ens34
