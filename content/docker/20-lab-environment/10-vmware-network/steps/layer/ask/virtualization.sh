#!/bin/bash
need systemd-detect-virt
# On bare metal it prints "none" and reports failure.
systemd-detect-virt || true
