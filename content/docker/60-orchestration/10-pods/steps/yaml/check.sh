#!/bin/bash
file=/root/pod.yaml
[ -s "$file" ] || fail no-file "$file"
grep -q '^kind: Pod' "$file" || fail not-pod 'kind: Pod' "$(head -n 1 "$file")"
images=$(grep -cE '^[ -]*image: ' "$file")
[ "$images" = 2 ] || fail containers 2 "$images"
exit 0
