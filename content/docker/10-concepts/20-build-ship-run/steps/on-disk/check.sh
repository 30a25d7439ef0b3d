#!/bin/bash
engine_runs || fail docker-down
look keep || fail no-container keep "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
memo=$(docker cp keep:/memo.txt - 2>/dev/null | tar -xO 2>/dev/null)
[ "$memo" = memo ] || fail no-file memo "${memo:-(none)}"
copy=$(cat /root/memo.txt 2>/dev/null)
[ "$copy" = memo ] || fail not-copied memo "${copy:-(none)}"
exit 0
