#!/bin/bash
engine_runs || fail docker-down
look oom || fail no-container oom
[ "$STATUS" = exited ] || fail still-running exited "$STATUS"
[ "$KILLED" != true ] || exit 0
# With cgroup v2 the news may reach the engine after the end; the kernel's log names the container.
! dmesg 2>/dev/null | grep -q "oom-kill:constraint=CONSTRAINT_MEMCG.*$ID" || exit 0
fail not-oom 137 "$CODE"
