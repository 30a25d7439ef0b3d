#!/bin/bash
# Made, but not started.
docker create --name registry -p 127.0.0.1:5000:5000 lab/registry:1
