#!/bin/bash
# A program that ends at once.
docker run --name n1 lab/base:1.0 true
