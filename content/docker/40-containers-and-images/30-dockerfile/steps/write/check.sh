#!/bin/bash
engine_runs || fail docker-down
config() { docker image inspect -f "$1" site:1.0 2>/dev/null; }
folder=$(config '{{.Config.WorkingDir}}') || fail no-image site:1.0
[ "$folder" = /www ] || fail workdir /www "${folder:-/}"
command=$(config '{{json .Config.Entrypoint}} {{json .Config.Cmd}}')
case $command in *httpd*) ;; *) fail no-cmd '["httpd", …]' "${command#null }" ;; esac
case $command in *'"-c"'*) fail cmd-shell-form '["httpd", …]' "${command#null }" ;; esac
case $(config '{{json .Config.ExposedPorts}}') in *'"80/tcp"'*) ;; *) fail expose 80 ;; esac
image_file site:1.0 /www/index.html >/dev/null || fail no-page /www/index.html
exit 0
