#!/bin/bash
here=$(imgid lab/web:1.0) && pulled=$(imgid localhost:5001/lab/web:latest) || exit 1
printf '%s\n' "$here" "$pulled" | sort -u | wc -l
