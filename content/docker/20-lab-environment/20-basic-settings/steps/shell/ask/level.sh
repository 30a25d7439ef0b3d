#!/bin/bash
# Lets a shell replace itself and compares its level before and after.
read -r before after < <(bash -c 'printf "%s " "$SHLVL"; exec bash -c "echo \$SHLVL"')
if [ "$after" -eq "$before" ]; then echo same
elif [ "$after" -gt "$before" ]; then echo higher
else echo lower; fi
