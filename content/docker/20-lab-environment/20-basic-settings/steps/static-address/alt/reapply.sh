#!/bin/bash
# Without taking the connection down.
set -e
nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm}/24 ipv4.gateway %{gateway} ipv4.dns %{dns}
nmcli device reapply ens33
