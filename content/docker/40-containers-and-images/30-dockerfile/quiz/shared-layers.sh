#!/bin/bash
layers() { docker image inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" 2>/dev/null | grep sha256 | sort; }
[ -n "$(layers site:1.0)" ] && [ -n "$(layers localhost:5000/site:1.1)" ] || exit 1
comm -12 <(layers site:1.0) <(layers localhost:5000/site:1.1) | wc -l
