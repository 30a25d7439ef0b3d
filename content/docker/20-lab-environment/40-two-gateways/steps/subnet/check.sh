#!/bin/bash
need nmcli ip ping
pgrep -x NetworkManager >/dev/null || broken 'NetworkManager is not running in this lab.'
want=%{host-only-vm}/24

# The profile that the device uses, whatever its name; else the one with the device's name.
id=$(nmcli -g GENERAL.CON-UUID device show ens34 2>/dev/null)
[ -n "$id" ] || id=$(nmcli -g connection.uuid connection show ens34 2>/dev/null) || fail no-profile ens34
saved=$(nmcli -g ipv4.addresses connection show uuid "$id" 2>/dev/null)
now=$(ip -4 -o addr show dev ens34 | awk '{ print $4 }' | tr '\n' ' ')

case ", $saved," in
*", $want,"*) ;;
*)
  case " $now" in *" $want "*) fail not-saved "$want" "${saved:-(none)}" ;; esac
  fail address "$want" "${saved:-(none)}"
  ;;
esac
case " $saved $now" in *' %{stray-prefix}.'*) old=1 ;; *) old= ;; esac
case " $now" in *" $want "*) ;; *) fail not-applied "$want" "${now:-(none)}" ;; esac
[ -z "$old" ] || fail old-address "$want" "${saved:+$saved / }$now"
ping -c 1 -W 2 %{host-only-host} >/dev/null 2>&1 || fail no-contact
exit 0
