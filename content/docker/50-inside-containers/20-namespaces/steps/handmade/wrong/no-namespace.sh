#!/bin/bash
# Another kind of namespace, and no new name.
unshare --net sleep 3601 </dev/null >/dev/null 2>&1 &
sleep 1
