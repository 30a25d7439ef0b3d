#!/bin/bash
# The engine runs, but the file through which it is asked is gone.
systemctl enable --now docker
rm -f /run/docker.sock
