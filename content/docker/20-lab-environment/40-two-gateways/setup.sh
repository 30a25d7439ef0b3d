#!/bin/bash
# Breaks the routing of this machine, once: ens34 gets an address outside its network and a gateway with the better
# metric. A machine that was broken before is left as it is, repaired or not.
set -e
mark=/var/lib/tadak/two-gateways
[ ! -e "$mark" ] || exit 0

# profile DEVICE : sees to it that the device's profile exists and bears its name, whatever earlier lessons did.
profile() {
  local uuid
  nmcli -g connection.uuid connection show "$1" >/dev/null 2>&1 && return
  uuid=$(nmcli -g GENERAL.CON-UUID device show "$1")
  if [ -n "$uuid" ]; then
    nmcli connection modify uuid "$uuid" connection.id "$1"
  else
    nmcli connection add type ethernet ifname "$1" con-name "$1" ipv6.method disabled
  fi
}

# The way out over ens33 must work, or there would be nothing to repair for. Fixed or by DHCP, whichever it has is kept.
profile ens33
case $(ip -4 route show default dev ens33) in
*'via %{gateway} '*) ;;
*)
  nmcli connection modify ens33 ipv4.method manual ipv4.addresses %{vm}/24 ipv4.gateway %{gateway} ipv4.dns %{dns} ipv4.never-default no
  nmcli --wait 30 connection up ens33
  ;;
esac

# Somebody who came in over SSH through a router keeps the way back.
read -r client _ <<<"${SSH_CONNECTION:-}"
if [[ $client =~ ^[0-9.]+$ ]] && [[ $(ip route get "$client") == *' via %{gateway} '* ]]; then
  nmcli connection modify ens33 +ipv4.routes "$client/32 %{gateway}"
  nmcli device reapply ens33
fi

profile ens34
nmcli connection modify ens34 connection.autoconnect yes ipv4.method manual ipv4.addresses %{stray-prefix}.3/24 \
  ipv4.gateway %{stray-prefix}.1 ipv4.route-metric 50 ipv4.never-default no
nmcli --wait 30 connection up ens34
install -D -m 644 /dev/null "$mark"
