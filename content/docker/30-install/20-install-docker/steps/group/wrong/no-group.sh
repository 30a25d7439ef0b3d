#!/bin/bash
# A group that sounds like it.
id dev >/dev/null 2>&1 || useradd -m -s /bin/bash -G wheel dev
if id -nG dev | grep -qw docker; then gpasswd -d dev docker; fi
usermod -aG wheel dev
