#!/bin/bash
need podman
pod=$(podman pod inspect -f '{{.Id}}|{{with .InfraConfig}}{{range $inside, $ends := .PortBindings}}{{range $ends}}{{.HostPort}}:{{$inside}} {{end}}{{end}}{{end}}' webpod 2>/dev/null) ||
  fail no-pod webpod "$(podman pod ls --format '{{.Name}}' 2>/dev/null)"
IFS='|' read -r pod ports <<<"$pod"
case " $ports" in *' 8090:80/tcp '*) ;; *) fail port 8090:80/tcp "${ports:-(none)}" ;; esac

# member NAME : sets INSIDE, STATUS, FIRST and IMAGE of one of the containers that `seen` tells about.
seen=$(podman container inspect -f '{{.Name}}|{{.Pod}}|{{.State.Status}}|{{.State.Pid}}|{{.ImageName}}' app side 2>/dev/null)
member() { IFS='|' read -r _ INSIDE STATUS FIRST IMAGE < <(grep "^$1|" <<<"$seen"); }

others=() kinds=(net uts)
for name in app side; do
  member "$name" || fail no-container 'app side' "$(cut -d'|' -f1 <<<"$seen")"
  [ "$INSIDE" = "$pod" ] || fail not-in-pod "$name"
  [ "$name $IMAGE" = "app ${IMAGE%lab/web:1.0}lab/web:1.0" ] || [ "$name" = side ] || fail other-image lab/web:1.0 "$IMAGE"
  [ "$STATUS" = running ] || fail not-running "$name: running" "$name: $STATUS"
  others+=("$FIRST")
done
for kind in "${kinds[@]}"; do
  [ "$(ns "${others[0]}" "$kind")" = "$(ns "${others[1]}" "$kind")" ] || fail not-shared "${kinds[*]}"
done
exit 0
