#!/bin/bash
# Without an address: open on every one of them.
docker run -d --name registry -p 5000:5000 lab/registry:1
