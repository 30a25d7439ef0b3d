#!/bin/bash
# Neither `keep` nor the copy of its file.
systemctl start docker
docker rm -f keep 2>/dev/null
rm -f /root/memo.txt
