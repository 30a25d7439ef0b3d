#!/bin/bash
engine_runs || fail docker-down
state=$(dins web '{{.State.Status}}|{{.Config.Image}}|{{range $inside, $ends := .HostConfig.PortBindings}}{{range $ends}}{{.HostPort}}:{{$inside}} {{end}}{{end}}') ||
  fail no-container web "$(docker ps -a --format '{{.Names}}' 2>/dev/null)"
IFS='|' read -r status image ports <<<"$state"
[ "$status" = running ] || fail not-running running "$status"
[ "$image" = lab/web:1.0 ] || fail other-image lab/web:1.0 "$image"
case " $ports" in *' 8080:80/tcp '*) ;; *) fail port 8080:80/tcp "${ports:-(none)}" ;; esac
answers http://localhost:8080/ || fail no-answer
exit 0
