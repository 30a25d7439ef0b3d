#!/bin/bash
# A command after the image takes the place of the registry.
docker run -d --name registry -p 127.0.0.1:5000:5000 lab/registry:1 sleep 3600
