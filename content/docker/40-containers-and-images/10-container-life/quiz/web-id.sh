#!/bin/bash
look web || exit 1
printf '%s\n' "${ID:0:12}"
