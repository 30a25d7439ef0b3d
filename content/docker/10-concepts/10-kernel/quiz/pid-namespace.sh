#!/bin/bash
pid=$(docker container inspect -f '{{.State.Pid}}' k1) || exit 3
[ "$pid" -gt 0 ] || exit 3
readlink "/proc/$pid/ns/pid" | tr -dc '0-9'
echo
