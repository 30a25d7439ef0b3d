#!/bin/bash
engine_runs || fail docker-down
look k2 || fail no-container k2
[ "$STATUS" = running ] || fail not-running running "$STATUS"
# What the kernel holds, however it was asked for.
cpu=$(cpulimit "$CPID") || broken 'The CPU limit of k2 cannot be read from its cgroup.'
[ "$cpu" = 500 ] || fail no-cpu-limit 'cpus 0.5' "$([ "$cpu" = max ] && echo max || printf 'cpus %d.%03d' $((cpu / 1000)) $((cpu % 1000)))"
memory=$(memlimit "$CPID") || broken 'The memory limit of k2 cannot be read from its cgroup.'
[ "$memory" = 67108864 ] || fail no-memory-limit 67108864 "$memory"
exit 0
