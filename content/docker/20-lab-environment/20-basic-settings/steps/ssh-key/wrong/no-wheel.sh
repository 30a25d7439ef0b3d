#!/bin/bash
# An ordinary user without sudo.
id dev >/dev/null 2>&1 || useradd -m -s /bin/bash -G wheel dev
usermod -aG wheel dev
[ -f ~/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519
install -d -m 700 -o dev -g dev ~dev/.ssh
install -m 600 -o dev -g dev ~/.ssh/id_ed25519.pub ~dev/.ssh/authorized_keys
gpasswd -d dev wheel
gpasswd -d dev sudo 2>/dev/null || true
