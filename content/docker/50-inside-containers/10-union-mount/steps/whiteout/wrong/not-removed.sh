#!/bin/bash
# Removed from upper: that uncovers the file below instead of hiding it.
rm /root/ov/upper/a.txt
