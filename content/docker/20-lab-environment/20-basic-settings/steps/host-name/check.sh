#!/bin/bash
want=master.example.com
static=$(tr -d ' \t\r\n' 2>/dev/null </etc/hostname)
kernel=$(cat /proc/sys/kernel/hostname) || broken '/proc/sys/kernel/hostname cannot be read.'

if [ "$static" != "$want" ]; then
  [ "$kernel" != "$want" ] || fail temporary "$want" "${static:-(empty)}"
  fail static "$want" "${static:-(empty)}"
fi
[ "$kernel" = "$want" ] || fail kernel "$want" "$kernel"

awk -v name="$want" '
  $1 == "%{vm}" { for (i = 2; i <= NF && $i !~ /^#/; i++) if ($i == name) found = 1 }
  END { exit !found }
' /etc/hosts || fail hosts "%{vm} $want master" "$(grep -m1 -F "$want" /etc/hosts)"
exit 0
