#!/bin/bash
need nmcli ip
pgrep -x NetworkManager >/dev/null || broken 'NetworkManager is not running in this lab.'

profile=$(nmcli -g ipv4.method,ipv4.addresses,ipv4.gateway,ipv4.dns connection show ens33 2>/dev/null) ||
  fail no-profile ens33 "$(nmcli -g NAME connection show 2>/dev/null)"
mapfile -t value <<<"$profile"
method=${value[0]:-} addresses=${value[1]:-} gateway=${value[2]:-} dns=${value[3]:-}

[ "$method" = manual ] || fail method manual "$method"
case ", $addresses," in *', %{vm}/24,'*) ;; *) fail address '%{vm}/24' "${addresses:-(none)}" ;; esac
[ "$gateway" = '%{gateway}' ] || fail gateway '%{gateway}' "${gateway:-(none)}"
case ",${dns// /}," in *',%{dns},'*) ;; *) fail dns '%{dns}' "${dns:-(none)}" ;; esac

now=$(ip -4 -o addr show dev ens33 2>/dev/null | awk '{ print $4 }' | tr '\n' ' ')
case " $now" in *' %{vm}/24 '*) ;; *) fail not-applied '%{vm}/24' "${now:-(none)}" ;; esac
route=$(ip -4 route show default dev ens33 2>/dev/null)
case "$route " in *'via %{gateway} '*) ;; *) fail no-route 'default via %{gateway} dev ens33' "$(ip -4 route show default)" ;; esac
exit 0
