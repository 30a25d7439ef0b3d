#!/bin/bash
set -e
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov
echo base >lower/a.txt
mountpoint -q merged || mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
echo changed >merged/a.txt
echo new >merged/b.txt
cat lower/a.txt
ls upper
cat upper/a.txt
