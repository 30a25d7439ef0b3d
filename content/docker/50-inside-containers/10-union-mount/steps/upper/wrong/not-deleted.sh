#!/bin/bash
# Written, but nothing removed.
docker run -d --name u1 lab/web:1.0
docker exec u1 sh -c 'echo hi > /memo.txt'
