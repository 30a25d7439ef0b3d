#!/bin/bash
engine_runs || fail docker-down
state=$(dins registry '{{.State.Status}}|{{with index .HostConfig.PortBindings "5000/tcp"}}{{(index . 0).HostIp}}|{{(index . 0).HostPort}}{{else}}|{{end}}') ||
  fail no-container registry "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
IFS='|' read -r status address port <<<"$state"
[ "$status" = running ] || fail not-running running "$status"
[ "$port" = 5000 ] || fail port 5000:5000 "${port:-(none)}${port:+:5000}"
case $address in 127.* | ::1) ;; *) fail open-to-all 127.0.0.1 "${address:-0.0.0.0}" ;; esac
for _ in 1 2 3; do
  answers http://localhost:5000/v2/ && exit 0
  sleep 1
done
fail no-answer
