#!/bin/bash
# Written beside the mount instead of inside it.
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov || exit
echo base >lower/a.txt
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
echo changed >lower/a.txt
echo new >merged/b.txt
