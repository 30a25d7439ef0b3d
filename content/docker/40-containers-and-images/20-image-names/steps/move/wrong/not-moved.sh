#!/bin/bash
# Only looked at it.
docker image inspect -f '{{.Id}}' my/web:stable
