#!/bin/bash
# Removed from the layer that is only to be read.
rm /root/ov/lower/a.txt
