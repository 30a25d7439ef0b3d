#!/bin/bash
# The two ports the wrong way round.
docker run -d --name web -p 80:8080 lab/web:1.0
