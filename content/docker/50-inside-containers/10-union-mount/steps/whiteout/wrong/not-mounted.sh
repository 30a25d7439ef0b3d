#!/bin/bash
# Unmounted first, then removed from an empty folder.
umount /root/ov/merged
rm -f /root/ov/merged/a.txt
