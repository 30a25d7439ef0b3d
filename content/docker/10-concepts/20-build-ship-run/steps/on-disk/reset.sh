#!/bin/bash
# Neither `keep` nor the copy of its file.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker
docker rm -f keep 2>/dev/null
rm -f /root/memo.txt
