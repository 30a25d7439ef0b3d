#!/bin/bash
# The tag forgotten: the new name is my/web:latest.
docker tag localhost:5001/lab/web:2.0 my/web
