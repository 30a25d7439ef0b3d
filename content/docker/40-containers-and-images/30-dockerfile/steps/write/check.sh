#!/bin/bash
engine_runs || fail docker-down
seen=$(image site:1.0) || fail no-image site:1.0
pick '"WorkingDir":"([^"]*)"' "$seen"
folder=$PICKED
[ "$folder" = /www ] || fail workdir /www "${folder:-/}"
pick '"Entrypoint":(\[[^]]*\])' "$seen"
entry=$PICKED
pick '"Cmd":(\[[^]]*\])' "$seen"
command=$PICKED
command=$entry$command
case $command in *httpd*) ;; *) fail no-cmd '["httpd", …]' "$command" ;; esac
case $command in *'"-c"'*) fail cmd-shell-form '["httpd", …]' "$command" ;; esac
case $seen in *'"ExposedPorts":{'*'"80/tcp"'*) ;; *) fail expose 80 ;; esac
image_file site:1.0 /www/index.html >/dev/null || fail no-page /www/index.html
exit 0
