#!/bin/bash
uname -r
docker run --rm lab/base:1.0 uname -r
