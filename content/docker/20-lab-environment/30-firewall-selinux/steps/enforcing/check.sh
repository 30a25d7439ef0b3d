#!/bin/bash
need getenforce awk
value() { awk -F= -v name="$1" '$1 == name { gsub(/[ \t\r]/, "", $2); found = $2 } END { print found }' /etc/selinux/config 2>/dev/null; }
mode=$(getenforce)
[ "$mode" = Enforcing ] || fail mode Enforcing "$mode"
boot=$(value SELINUX)
[ "${boot,,}" = enforcing ] || fail value enforcing "${boot:-(none)}"
exit 0
