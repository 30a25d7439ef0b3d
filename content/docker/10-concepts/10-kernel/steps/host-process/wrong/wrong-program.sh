#!/bin/bash
# The image's own command instead of sleep.
docker run -d --name k1 lab/web:1.0
