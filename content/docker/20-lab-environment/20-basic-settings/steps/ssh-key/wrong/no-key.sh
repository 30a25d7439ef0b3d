#!/bin/bash
# A user, but no key in place.
id dev >/dev/null 2>&1 || useradd -m -s /bin/bash -G wheel dev
usermod -aG wheel dev
rm -f ~dev/.ssh/authorized_keys
