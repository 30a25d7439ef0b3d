#!/bin/bash
# Believed the notes and did not try the lower-case name.
docker build -t lab/hello:cf -f /root/cf/Containerfile /root/cf
