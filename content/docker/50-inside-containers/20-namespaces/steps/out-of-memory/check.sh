#!/bin/bash
engine_runs || fail docker-down
seen=$(dins oom '{{.Id}} {{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}') || fail no-container oom
read -r id status code killed <<<"$seen"
[ "$status" = exited ] || fail still-running exited "$status"
[ "$killed" != true ] || exit 0
# With cgroup v2 the news may reach the engine after the end; the kernel's log names the container.
! dmesg 2>/dev/null | grep -q "oom-kill:constraint=CONSTRAINT_MEMCG.*$id" || exit 0
fail not-oom 137 "$code"
