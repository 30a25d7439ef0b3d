#!/bin/bash
# Docker did it, not the host.
docker kill n1
