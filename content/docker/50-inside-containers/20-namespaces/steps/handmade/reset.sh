#!/bin/bash
# No process of the step, and the host under its own name.
pkill -f '^sleep 3601'
docker rm -f handmade 2>/dev/null
[ "$(hostname)" != handmade ] || hostname "$(cat /etc/hostname)"
