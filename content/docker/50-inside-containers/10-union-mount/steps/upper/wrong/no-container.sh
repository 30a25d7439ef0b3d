#!/bin/bash
# The name forgotten.
docker run --rm lab/web:1.0 sh -c 'echo hi > /memo.txt; rm /www/index.html'
