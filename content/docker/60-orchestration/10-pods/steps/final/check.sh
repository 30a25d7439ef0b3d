#!/bin/bash
engine_runs || fail docker-down
images=$(docker image inspect -f '{{.Id}}|{{json .RootFS.Layers}}|{{json .RepoDigests}}' lab/base:1.0 final:1.0 2>/dev/null) || {
  ! img final:1.0 || fail base lab/base:1.0
  fail no-image final:1.0
}
{ IFS='|' read -r _ base _; IFS='|' read -r id layers digests; } <<<"$images"
case $layers in "${base%]},"*) ;; *) fail base lab/base:1.0 ;; esac

state=$(dins final '{{.Image}}|{{.State.Status}}|{{.State.Pid}}|{{range $inside, $ends := .HostConfig.PortBindings}}{{range $ends}}{{.HostIp}}:{{.HostPort}}:{{$inside}} {{end}}{{end}}') ||
  fail no-container final "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
IFS='|' read -r image status pid ports <<<"$state"
[ "$image" = "$id" ] || fail other-image "$id" "$image"
[ "$status" = running ] || fail not-running running "$status"
memory=$(memlimit "$pid") || broken 'The memory limit of final cannot be read from its cgroup.'
[ "$memory" = 134217728 ] || fail memory 134217728 "$memory"
[ "$ports" = '127.0.0.1:8099:80/tcp ' ] || fail port 127.0.0.1:8099:80/tcp "${ports:-(none)}"

host=$(cat /proc/sys/kernel/hostname)
text=$(inside "$pid" /www/index.html | sed 's/<[^>]*>//g' | tr -d '[:space:]')
[ "$text" = "$host" ] || fail page "$host" "$text"
! docker diff final 2>/dev/null | grep -q ' /www/index.html$' || fail edited
answers http://127.0.0.1:8099/ || fail no-answer

answers http://localhost:5000/v2/ || fail registry-down
digest=$(rdigest 5000 final 1.0)
[ -n "$digest" ] || fail not-pushed localhost:5000/final:1.0
case $digests in *"final@$digest"*) ;; *) fail old-push ;; esac
exit 0
