#!/bin/bash
# The name forgotten.
docker run --rm localhost:5001/lab/web:2.0 true
