#!/bin/bash
# Options after the image become arguments of tail, which ends with an error.
docker run --name oom lab/base:1.0 tail /dev/zero --memory 16m --memory-swap 16m
true
