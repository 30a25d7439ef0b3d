#!/bin/bash
# A new one under the old name, and stopped.
docker rm -f u1
docker run -d --name u1 lab/web:1.0
docker kill u1
