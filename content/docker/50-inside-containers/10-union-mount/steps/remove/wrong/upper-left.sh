#!/bin/bash
# Out of sight under another name, not removed.
docker rename u1 u1-old
