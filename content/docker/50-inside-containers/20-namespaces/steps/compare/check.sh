#!/bin/bash
engine_runs || fail docker-down
look n1 || fail no-container n1
[ "$STATUS" = running ] || fail not-running running "$STATUS"
for kind in pid net mnt uts ipc; do
  [ "$(ns "$CPID" "$kind")" != "$(ns 1 "$kind")" ] || fail shared "$kind: its own" "$kind: the host's"
done
exit 0
