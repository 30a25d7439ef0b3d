#!/bin/bash
# The mode by its name, the file afterwards.
set -e
setenforce Enforcing
sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config
