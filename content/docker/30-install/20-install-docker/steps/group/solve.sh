#!/bin/bash
set -e
id dev >/dev/null 2>&1 || useradd -m -s /bin/bash -G wheel dev
usermod -aG wheel,docker dev
id -nG dev
su - dev -c 'docker ps'
