#!/bin/bash
engine_runs || fail docker-down
state=$(status u1) || fail removed u1
[ "$state" = exited ] || fail still-running exited "$state"
memo=$(cat "$(cat /root/upper.path 2>/dev/null)/memo.txt" 2>/dev/null)
[ "$memo" = hi ] || fail other-container hi "${memo:-(none)}"
exit 0
