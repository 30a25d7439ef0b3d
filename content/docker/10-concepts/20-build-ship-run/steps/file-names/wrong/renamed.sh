#!/bin/bash
# The notes' advice followed before trying.
mv /root/lower/dockerfile /root/lower/Dockerfile
docker build -t lab/hello:lower /root/lower
