#!/bin/bash
# Of the 2.0 in the registry, however it is stored here.
digest=$(rdigest 5001 lab/web 2.0)
digest=${digest#sha256:}
[ -n "$digest" ] || exit 1
printf '%s\n' "${digest:0:12}"
