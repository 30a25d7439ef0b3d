#!/bin/bash
# Only the command, as on a machine that works with another one's engine.
dnf remove -y docker-ce
dnf install -y docker-ce-cli
