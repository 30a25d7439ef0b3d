#!/bin/bash
engine_runs || fail docker-down
seen=$(docker container inspect -f '{{.Name}} {{.State.Pid}}' n2 n3 2>/dev/null)
pid2=$(sed -n 's,^/n2 ,,p' <<<"$seen")
pid3=$(sed -n 's,^/n3 ,,p' <<<"$seen")
if [ -z "$pid2" ] || [ -z "$pid3" ]; then
  fail no-container 'n2 n3' "$(sed -n 's,^/\(.*\) .*,\1,p' <<<"$seen")"
fi
case " $pid2 $pid3 " in *' 0 '*) fail not-running ;; esac
net=$(ns "$pid2" net)
[ "$(ns "$pid3" net)" = "$net" ] || fail not-shared "$net" "$(ns "$pid3" net)"
[ "$(ns "$pid2" pid)" != "$(ns "$pid3" pid)" ] || fail pid-shared
exit 0
