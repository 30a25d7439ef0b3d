#!/bin/bash
engine_runs || fail docker-down
command=$(docker image inspect -f '{{json .Config.Cmd}}' lab/hello:1.0 2>/dev/null) || fail no-image lab/hello:1.0
[ "$command" = '["cat","/hello.txt"]' ] || fail other-dockerfile '["cat","/hello.txt"]' "$command"
exit 0
