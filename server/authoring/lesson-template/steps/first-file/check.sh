#!/bin/bash
[ -f "$HOME/@id@.txt" ] || fail no-file
text=$(cat "$HOME/@id@.txt")
[ "$text" = hello ] || fail other-text hello "$text"
