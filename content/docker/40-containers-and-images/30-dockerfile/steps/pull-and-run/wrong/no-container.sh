#!/bin/bash
# Deleted, not run.
docker rmi site:1.1 localhost:5000/site:1.1
