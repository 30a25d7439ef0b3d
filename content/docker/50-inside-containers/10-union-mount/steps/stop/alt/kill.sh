#!/bin/bash
# Without asking.
set -e
docker kill u1
