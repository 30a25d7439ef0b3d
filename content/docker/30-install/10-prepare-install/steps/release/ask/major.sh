#!/bin/bash
. /etc/os-release
printf '%s\n' "${VERSION_ID%%.*}"
