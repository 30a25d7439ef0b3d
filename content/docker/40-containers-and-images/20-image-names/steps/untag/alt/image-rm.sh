#!/bin/bash
# The new name of the command.
set -e
docker image rm my/web:stable
