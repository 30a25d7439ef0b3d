#!/bin/bash
# Another port of the host.
docker run -d --name registry -p 127.0.0.1:5500:5000 lab/registry:1
