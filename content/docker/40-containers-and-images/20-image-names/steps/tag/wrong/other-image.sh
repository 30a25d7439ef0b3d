#!/bin/bash
# The tag of the source forgotten.
docker tag localhost:5001/lab/web my/web:stable
