#!/bin/bash
# The redirection happens on the host.
docker run --name keep lab/base:1.0 echo memo >/root/memo.txt
