#!/bin/bash
# A command that ends at once.
docker run --name k1 lab/base:1.0 true
