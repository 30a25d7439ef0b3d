#!/bin/bash
# Everything of the host visible.
docker run -d --name k1 --pid host lab/base:1.0 sleep 3600
