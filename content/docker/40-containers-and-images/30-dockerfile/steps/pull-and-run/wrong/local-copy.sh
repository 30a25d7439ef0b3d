#!/bin/bash
# Nothing deleted.
docker run -d --name site -p 8081:80 localhost:5000/site:1.1
