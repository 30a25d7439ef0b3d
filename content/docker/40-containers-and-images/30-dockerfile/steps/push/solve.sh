#!/bin/bash
set -e
docker tag site:1.1 localhost:5000/site:1.1
docker push localhost:5000/site:1.1
curl -s http://localhost:5000/v2/site/tags/list
