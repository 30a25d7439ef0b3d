#!/bin/bash
# An image whose shell ends at once.
docker run -d --name web -p 8080:80 lab/base:1.0
docker wait web
