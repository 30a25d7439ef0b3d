#!/bin/bash
set -e
docker rmi my/web:stable
docker image ls
