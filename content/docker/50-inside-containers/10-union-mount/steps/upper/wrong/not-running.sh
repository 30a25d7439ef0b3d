#!/bin/bash
# Its shell ends at once.
docker run --name u1 lab/web:1.0 sh -c 'echo hi > /memo.txt; rm /www/index.html'
