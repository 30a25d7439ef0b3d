#!/bin/bash
# Number 9 is not delivered to PID 1 from inside, and 15 only if it asked for it.
docker exec n1 kill -9 1
kill "$(docker inspect -f '{{.State.Pid}}' n1)"
