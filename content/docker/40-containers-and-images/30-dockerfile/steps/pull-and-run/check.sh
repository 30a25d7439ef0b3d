#!/bin/bash
engine_runs || fail docker-down
! img site:1.1 || fail local-copy '(none)' site:1.1
state=$(dins site '{{.State.Status}}|{{.Config.Image}}|{{with index .HostConfig.PortBindings "80/tcp"}}{{(index . 0).HostPort}}{{end}}') ||
  fail no-container site "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
IFS='|' read -r status image port <<<"$state"
case $image in localhost:5000/site:1.1 | localhost:5000/site@sha256:*) ;; *) fail other-image localhost:5000/site:1.1 "$image" ;; esac
[ "$status" = running ] || fail not-running running "$status"
[ "$port" = 8081 ] || fail port 8081:80 "${port:-(none)}${port:+:80}"
answers http://localhost:8081/ || fail no-answer
exit 0
