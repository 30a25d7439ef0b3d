#!/bin/bash
# Built without a change.
docker build -t site:1.1 /root/site
