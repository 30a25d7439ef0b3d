#!/bin/bash
docker run --name oom --memory 16m --memory-swap 16m lab/base:1.0 tail /dev/zero
docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' oom
dmesg | grep 'Killed process' | tail -1
