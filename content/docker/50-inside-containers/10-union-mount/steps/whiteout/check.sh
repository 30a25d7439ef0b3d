#!/bin/bash
need findmnt
type=$(findmnt -rno FSTYPE -M /root/ov/merged | tail -1)
[ "$type" = overlay ] || fail not-mounted overlay "${type:-(none)}"
lower=$(cat /root/ov/lower/a.txt 2>/dev/null)
[ "$lower" = base ] || fail lower-changed base "${lower:-(none)}"
mark=$(stat -c '%F %t %T' /root/ov/upper/a.txt 2>/dev/null)
[ "$mark" = 'character special file 0 0' ] || fail not-removed 'character special file 0 0' "${mark:-(none)}"
exit 0
