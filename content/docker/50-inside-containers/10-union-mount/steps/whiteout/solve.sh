#!/bin/bash
set -e
rm /root/ov/merged/a.txt
ls /root/ov/merged
ls -l /root/ov/upper
cat /root/ov/lower/a.txt
