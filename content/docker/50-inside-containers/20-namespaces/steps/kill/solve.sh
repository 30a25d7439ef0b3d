#!/bin/bash
docker exec n1 kill -9 1
docker inspect -f '{{.State.Status}}' n1
kill -9 "$(docker inspect -f '{{.State.Pid}}' n1)"
docker wait n1
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' n1
