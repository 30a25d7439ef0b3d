#!/bin/bash
# Only the number of processes limited.
docker run -d --name n2 --pids-limit 20 lab/base:1.0 sleep 3600
