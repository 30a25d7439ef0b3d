#!/bin/bash
# No file that registers Docker's repository.
grep -l '^\[docker-ce-stable\]' /etc/yum.repos.d/*.repo 2>/dev/null | xargs -r rm -f
rm -f /etc/yum.repos.d/docker-ce.txt
exit 0
