#!/bin/bash
# The device that the kernel would send a packet for the outside through.
device=$(ip -4 -o route get %{site} 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')
printf '%s\n' "${device:-none}"
