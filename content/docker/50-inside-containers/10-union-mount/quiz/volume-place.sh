#!/bin/bash
pick '"Mountpoint":"([^"]*)"' "$(engine /volumes/notes)" || exit 1
printf '%s\n' "$PICKED"
