#!/bin/bash
# A container without the name, gone again.
docker run --rm lab/base:1.0 true
