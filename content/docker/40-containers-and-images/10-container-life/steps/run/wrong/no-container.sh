#!/bin/bash
# The name forgotten.
docker run -d -p 8080:80 lab/web:1.0
