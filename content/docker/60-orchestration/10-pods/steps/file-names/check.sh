#!/bin/bash
need podman
# One look at both images: name, label and command.
seen=$(podman image inspect -f '{{json .RepoTags}} {{json .Labels}} {{json .Config.Cmd}}' fromcf fromdf 2>/dev/null)
grep -F 'localhost/fromcf:latest' <<<"$seen" | grep -qF '"lab.file":"containerfile"' || fail cf localhost/fromcf
grep -F 'localhost/fromdf:latest' <<<"$seen" | grep -qF /hello.txt || fail df localhost/fromdf
exit 0
