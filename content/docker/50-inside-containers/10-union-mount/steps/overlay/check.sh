#!/bin/bash
need findmnt
cd /root/ov 2>/dev/null || fail not-mounted overlay '(no ~/ov)'
type=$(findmnt -rno FSTYPE -M /root/ov/merged | tail -1)
[ "$type" = overlay ] || fail not-mounted overlay "${type:-(none)}"
lower=$(cat lower/a.txt 2>/dev/null)
[ "$lower" = base ] || fail lower-changed base "${lower:-(none)}"
# Once the next step has removed it, a whiteout stands in its place.
if [ ! -c upper/a.txt ]; then
  upper=$(cat upper/a.txt 2>/dev/null)
  [ "$upper" = changed ] || fail not-copied-up changed "${upper:-(none)}"
fi
new=$(cat upper/b.txt 2>/dev/null)
[ "$new" = new ] || fail no-b new "${new:-(none)}"
exit 0
