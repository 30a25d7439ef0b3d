#!/bin/bash
engine_runs || fail docker-down
look u1 || fail no-container u1
[ "$STATUS" = running ] || fail not-running running "$STATUS"
dir=$(upper "$CPID") || broken "The root of u1 is not an overlay mount."
memo=$(cat "$dir/memo.txt" 2>/dev/null)
[ "$memo" = hi ] || fail no-memo hi "${memo:-(none)}"
[ -c "$dir/www/index.html" ] || fail not-deleted
noted=$(cat /root/upper.path 2>/dev/null)
# However it is spelled: the same folder will do.
[ "${noted:-/}" -ef "$dir" ] || fail path "$dir" "${noted:-(none)}"
exit 0
