#!/bin/bash
curl -s http://localhost:8080/no-such-page >/dev/null
docker logs web
