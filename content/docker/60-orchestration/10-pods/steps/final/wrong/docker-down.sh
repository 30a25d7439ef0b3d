#!/bin/bash
# The engine switched off.
systemctl stop docker.socket docker.service
