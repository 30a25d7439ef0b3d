#!/bin/bash
# Folders and files, but no mount: everything lands in an ordinary folder.
mkdir -p /root/ov/{lower,upper,work,merged}
cd /root/ov || exit
echo base >lower/a.txt
echo changed >merged/a.txt
echo new >merged/b.txt
