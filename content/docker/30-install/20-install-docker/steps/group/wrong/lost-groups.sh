#!/bin/bash
# -G without -a.
id dev >/dev/null 2>&1 || useradd -m -s /bin/bash -G wheel dev
usermod -G docker dev
