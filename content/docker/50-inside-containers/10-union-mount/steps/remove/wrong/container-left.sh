#!/bin/bash
# Only looked.
docker ps -a
