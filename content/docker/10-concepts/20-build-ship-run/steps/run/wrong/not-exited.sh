#!/bin/bash
# Something that goes on running.
docker run -d --name once lab/hello:1.0 sleep 3600
