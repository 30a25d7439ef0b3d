#!/bin/bash
# The other tag.
docker run -d --name web -p 8080:80 lab/web:2.0
