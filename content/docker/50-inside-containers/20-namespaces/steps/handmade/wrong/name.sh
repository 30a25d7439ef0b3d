#!/bin/bash
# The namespace without the name.
unshare --uts sleep 3601 </dev/null >/dev/null 2>&1 &
sleep 1
