#!/bin/bash
# The redirection happens on the host.
docker run -d --name u1 lab/web:1.0
docker exec u1 echo hi >/dev/null
docker exec u1 rm /www/index.html
