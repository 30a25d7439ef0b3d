#!/bin/bash
# Written, not fetched.
docker run --name keep lab/base:1.0 sh -c 'echo memo > /memo.txt'
