#!/bin/bash
engine_runs || fail docker-down
need curl
state=$(dins web '{{.State.Status}}|{{.Config.Image}}|{{with index .HostConfig.PortBindings "80/tcp"}}{{(index . 0).HostPort}}{{end}}') ||
  fail no-container web "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
IFS='|' read -r status image port <<<"$state"
[ "$status" = running ] || fail not-running running "$status"
[ "$image" = lab/web:1.0 ] || fail other-image lab/web:1.0 "$image"
[ "$port" = 8080 ] || fail port 8080:80 "${port:-(none)}${port:+:80}"
curl -fsS -m 5 -o /dev/null http://localhost:8080/ 2>/dev/null || fail no-answer
exit 0
