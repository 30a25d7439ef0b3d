#!/bin/bash
engine_runs || fail docker-down
found=
look n2 && found+=' n2' pid2=$CPID
look n3 && found+=' n3' pid3=$CPID
[ "$found" = ' n2 n3' ] || fail no-container 'n2 n3' "${found# }"
case " $pid2 $pid3 " in *' 0 '*) fail not-running ;; esac
net=$(ns "$pid2" net)
[ "$(ns "$pid3" net)" = "$net" ] || fail not-shared "$net" "$(ns "$pid3" net)"
[ "$(ns "$pid2" pid)" != "$(ns "$pid3" pid)" ] || fail pid-shared
exit 0
