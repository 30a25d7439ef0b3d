#!/bin/bash
need_engine
need_running k2
# What the kernel holds, however it was asked for.
cpu=$(cpulimit "$CPID") || broken 'The CPU limit of k2 cannot be read from its cgroup.'
[ "$cpu" = 500 ] || fail no-cpu-limit 'cpus 0.5' "$([ "$cpu" = max ] && echo max || printf 'cpus %d.%03d' $((cpu / 1000)) $((cpu % 1000)))"
memory=$(memlimit "$CPID") || broken 'The memory limit of k2 cannot be read from its cgroup.'
[ "$memory" = 67108864 ] || fail no-memory-limit 67108864 "$memory"
exit 0
