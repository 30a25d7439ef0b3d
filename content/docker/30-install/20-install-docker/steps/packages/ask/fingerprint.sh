#!/bin/bash
# Docker Inc.'s key is the same for everybody; the mirror's was made with this lab.
fingerprint=060A61C51B558A7F742B77AAC52FEB6B621E9F35
if [ -r /usr/share/tadak/mirror-fingerprint ]; then fingerprint=$(cat /usr/share/tadak/mirror-fingerprint); fi
printf '%s\n' "${fingerprint: -4}"
