#!/bin/bash
# Taken off first, and not put on again.
docker rmi my/web:stable
