#!/bin/bash
# Both images under their names; the answers are the learner's.
systemctl reset-failed docker.service 2>/dev/null # a fourth start within a minute is refused otherwise
systemctl start docker hub
for image in lab/base:1.0 lab/web:1.0; do
  docker image inspect "$image" >/dev/null 2>&1 && continue
  docker pull -q "localhost:5001/$image" && docker tag "localhost:5001/$image" "$image"
done
exit 0
