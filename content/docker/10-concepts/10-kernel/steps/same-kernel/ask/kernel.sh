#!/bin/bash
# Containers have the host's kernel, which is the point.
uname -r
