#!/bin/bash
# Only at boot.
systemctl disable firewalld
