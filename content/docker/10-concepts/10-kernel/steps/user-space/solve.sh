#!/bin/bash
cat /etc/os-release
docker run --rm lab/base:1.0 cat /etc/os-release
