#!/bin/bash
# In two commands.
set -e
docker create --name web -p 8080:80 lab/web:1.0
docker start web
