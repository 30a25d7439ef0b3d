#!/bin/bash
need awk
file=/etc/selinux/config
# The last line that sets a name counts; comments do not.
value() { awk -F= -v name="$1" '$1 == name { gsub(/[ \t\r]/, "", $2); found = $2 } END { print found }' "$file" 2>/dev/null; }
type=$(value SELINUXTYPE) mode=$(value SELINUX)
case $type in targeted | minimum | mls) ;; *) fail type targeted "${type:-(none)}" ;; esac
[ "${mode,,}" = permissive ] || fail value permissive "${mode:-(none)}"
exit 0
