#!/bin/bash
engine_runs || fail docker-down
look u1 || fail removed u1
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
memo=$(cat "$(cat /root/upper.path 2>/dev/null)/memo.txt" 2>/dev/null)
[ "$memo" = hi ] || fail other-container hi "${memo:-(none)}"
exit 0
