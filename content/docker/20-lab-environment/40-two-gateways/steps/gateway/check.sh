#!/bin/bash
need nmcli ip curl
pgrep -x NetworkManager >/dev/null || broken 'NetworkManager is not running in this lab.'
want='default via %{gateway} dev ens33'

# setting DEVICE NAME… : settings of the profile that the device uses, one a line; nothing when it uses none.
setting() {
  local id device=$1
  shift
  id=$(nmcli -g GENERAL.CON-UUID device show "$device" 2>/dev/null)
  [ -z "$id" ] || nmcli -g "$(IFS=,; echo "$*")" connection show uuid "$id"
}

ip -4 -o addr show dev ens34 up | grep -q inet || fail ens34-down
mapfile -t only < <(setting ens34 ipv4.gateway ipv4.never-default)
defaults=$(ip -4 route show default)
shown=${defaults:-(none)}
count=$(grep -c . <<<"$defaults")

# Where the host-only profile still names a gateway, today's routes will not last.
if [ -n "${only[0]:-}" ] && [ "${only[1]:-}" != yes ]; then
  [ "$count" -lt 2 ] || fail defaults-many "$want" "$shown"
  case $defaults in *'dev ens34'*) fail wrong-default "$want" "$shown" ;; esac
  fail gateway-left '(none)' "${only[0]}"
fi
case $defaults in *'dev ens34'*) fail not-applied "$want" "$shown" ;; esac
[ "$count" -gt 0 ] || fail defaults-none "$want" "$shown"
case "$defaults " in "$want "*) ;; *) fail wrong-default "$want" "$shown" ;; esac
[ "$count" -eq 1 ] || fail defaults-many "$want" "$shown"

mapfile -t nat < <(setting ens33 ipv4.method ipv4.gateway)
[ "${nat[0]:-}" = auto ] || [ "${nat[1]:-}" = %{gateway} ] || fail not-saved %{gateway} "${nat[1]:-(none)}"
export RES_OPTIONS='timeout:2 attempts:1'
curl -fsS -m 5 -o /dev/null http://www.example.com 2>/dev/null || fail no-internet
exit 0
