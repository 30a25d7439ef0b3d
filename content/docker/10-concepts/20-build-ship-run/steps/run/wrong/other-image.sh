#!/bin/bash
# The base image instead of the one built from it.
docker run --name once lab/base:1.0 echo hello
