#!/bin/bash
# Options after the image become arguments of sleep.
docker run --name n2 lab/base:1.0 sleep 3600 --memory 64m --pids-limit 20
true
