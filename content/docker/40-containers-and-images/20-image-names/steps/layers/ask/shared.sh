#!/bin/bash
layers() { docker image inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" | grep sha256 | sort; }
comm -12 <(layers lab/web:1.0) <(layers lab/base:1.0) | wc -l
