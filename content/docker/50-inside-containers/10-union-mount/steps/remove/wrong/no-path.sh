#!/bin/bash
# The note of the place tidied away as well.
docker rm u1
rm -f /root/upper.path
