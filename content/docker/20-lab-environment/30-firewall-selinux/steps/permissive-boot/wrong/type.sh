#!/bin/bash
# The wrong line of the two.
sed -i 's/^SELINUXTYPE=.*/SELINUXTYPE=permissive/' /etc/selinux/config
