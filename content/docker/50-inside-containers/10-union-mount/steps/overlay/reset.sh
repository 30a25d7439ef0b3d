#!/bin/bash
# Nothing mounted and no folders.
while mountpoint -q /root/ov/merged; do umount -l /root/ov/merged || break; done
rm -rf --one-file-system /root/ov
