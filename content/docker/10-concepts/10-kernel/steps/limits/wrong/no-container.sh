#!/bin/bash
# Only looked, ran nothing.
docker ps -a
