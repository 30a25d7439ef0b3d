#!/bin/bash
# Only the old file changed.
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov || exit
echo base >lower/a.txt
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
echo changed >merged/a.txt
