#!/bin/bash
. /etc/os-release
printf '%s\n' "$ID"
