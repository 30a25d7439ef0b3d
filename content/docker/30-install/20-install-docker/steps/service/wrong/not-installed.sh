#!/bin/bash
# The package removed again.
dnf remove -y docker-ce
