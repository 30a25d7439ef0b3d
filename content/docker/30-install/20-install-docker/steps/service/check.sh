#!/bin/bash
need systemctl timeout
[ -n "$(systemctl show -P FragmentPath docker.service 2>/dev/null)" ] || fail not-installed
enabled=$(systemctl is-enabled docker.service 2>/dev/null)
[ "$enabled" = enabled ] || fail not-enabled enabled "$enabled"
active=$(systemctl is-active docker.service)
[ "$active" = active ] || fail not-active active "$active"
timeout 15 docker info >/dev/null 2>&1 || fail no-answer
exit 0
