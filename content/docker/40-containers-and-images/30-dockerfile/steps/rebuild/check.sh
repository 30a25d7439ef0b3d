#!/bin/bash
engine_runs || fail docker-down
for image in site:1.0 site:1.1; do
  img "$image" || fail no-image "$image"
done
old=$(image_file site:1.0 /www/index.html) new=$(image_file site:1.1 /www/index.html)
[ "$new" != "$old" ] || fail same-content
file=$(cat /root/site/index.html 2>/dev/null)
[ "$new" = "$file" ] || fail stale "$file" "$new"
exit 0
