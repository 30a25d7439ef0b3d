#!/bin/bash
pid=$(docker container inspect -f '{{.State.Pid}}' k1) || exit 1
[ "$pid" -gt 0 ] || exit 1
readlink "/proc/$pid/ns/pid" | tr -dc '0-9'
echo
