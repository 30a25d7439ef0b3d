#!/bin/bash
engine_runs || fail docker-down
seen=$(image lab/hello:1.0) || fail no-image lab/hello:1.0
pick '"Cmd":(\[[^]]*\])' "$seen"
command=$PICKED
[ "$command" = '["cat","/hello.txt"]' ] || fail other-dockerfile '["cat","/hello.txt"]' "$command"
exit 0
