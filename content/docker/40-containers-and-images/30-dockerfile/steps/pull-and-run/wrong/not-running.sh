#!/bin/bash
# Made, but not started.
docker rmi site:1.1
docker create --name site -p 8081:80 localhost:5000/site:1.1
