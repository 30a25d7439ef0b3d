#!/bin/bash
look u1 && [ "$CPID" != 0 ] || exit 1
awk '$5 == "/"' "/proc/$CPID/mountinfo" | grep -o 'lowerdir+\?=[^, ]*' | cut -d= -f2 | tr : '\n' | wc -l
