#!/bin/bash
engine_runs || fail docker-down
look n2 || fail no-container n2
[ "$STATUS" = running ] || fail not-running running "$STATUS"
limit=$(memlimit "$CPID") || broken 'The memory cgroup of n2 cannot be read.'
[ "$limit" = 67108864 ] || fail memory 67108864 "$limit"
limit=$(cgroup_file "$CPID" pids.max pids pids.max) || broken 'The pids cgroup of n2 cannot be read.'
[ "$limit" = 20 ] || fail pids 20 "$limit"
exit 0
