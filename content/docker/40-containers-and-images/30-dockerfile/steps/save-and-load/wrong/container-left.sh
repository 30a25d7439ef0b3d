#!/bin/bash
# Saved, the container still running.
docker save -o /root/site.tar localhost:5000/site:1.1
