#!/bin/bash
# The overlay as the first step leaves it.
while mountpoint -q /root/ov/merged; do umount -l /root/ov/merged || break; done
rm -rf --one-file-system /root/ov
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov || exit
echo base >lower/a.txt
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
echo changed >merged/a.txt
echo new >merged/b.txt
