#!/bin/bash
engine_runs || fail docker-down
for image in site:1.0 site:1.1; do
  img "$image" || fail no-image "$image"
done
# A container that is never started shows the files of its image.
page() {
  local box
  box=$(docker create "$1" 2>/dev/null) || return
  docker cp "$box:/www/index.html" - 2>/dev/null | tar -xO 2>/dev/null
  docker rm "$box" >/dev/null 2>&1
}
old=$(page site:1.0) new=$(page site:1.1)
[ "$new" != "$old" ] || fail same-content
file=$(cat /root/site/index.html 2>/dev/null)
[ "$new" = "$file" ] || fail stale "$file" "$new"
exit 0
