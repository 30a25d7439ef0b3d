#!/bin/bash
# Mounted, and only the new file written.
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov || exit
echo base >lower/a.txt
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
echo new >merged/b.txt
