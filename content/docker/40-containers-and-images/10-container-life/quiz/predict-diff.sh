#!/bin/bash
look web || exit 1
changes=$(engine /containers/web/changes) || exit 1
# A container that changed nothing has no list at all: null.
grep -o '"Path":' <<<"$changes" | wc -l
