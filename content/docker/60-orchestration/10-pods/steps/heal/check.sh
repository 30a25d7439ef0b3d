#!/bin/bash
engine_runs || fail docker-down
replicas websvc || fail no-service websvc
lost=$(engine /tasks -G --data-urlencode 'filters={"service":["websvc"],"desired-state":["shutdown"]}')
[ "${lost:-[]}" != '[]' ] || fail nothing-lost
[ "$RUNNING/$WANTED" = 2/2 ] || fail not-yet 2/2 "$RUNNING/$WANTED"
exit 0
