#!/bin/bash
time docker stop web
docker ps -a
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' web
