#!/bin/bash
engine_runs || fail docker-down
look keep || fail no-container keep "$(containers)"
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
memo=$(file_of keep /memo.txt)
[ "$memo" = memo ] || fail no-file memo "${memo:-(none)}"
copy=$(cat /root/memo.txt 2>/dev/null)
[ "$copy" = memo ] || fail not-copied memo "${copy:-(none)}"
exit 0
