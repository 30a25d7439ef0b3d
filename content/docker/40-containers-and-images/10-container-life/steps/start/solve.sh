#!/bin/bash
set -e
docker start web
curl -s --retry 5 --retry-connrefused http://localhost:8080/
