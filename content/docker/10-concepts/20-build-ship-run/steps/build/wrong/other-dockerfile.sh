#!/bin/bash
# Built from the folder next door.
docker build -t lab/hello:1.0 /root/lower
