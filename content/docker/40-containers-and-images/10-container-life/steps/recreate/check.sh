#!/bin/bash
need_engine
need_running web
image=$(dins web '{{.Config.Image}}')
[ "$image" = lab/web:1.0 ] || fail other-image lab/web:1.0 "$image"
page=$(inside "$CPID" /www/index.html)
case $page in *'lab web v1'*) ;; *) fail old-container '<h1>lab web v1</h1>' "$page" ;; esac
changes=$(docker diff web 2>/dev/null) || broken 'docker diff does not answer.'
! grep -q ' /www/index.html$' <<<"$changes" || fail edited
exit 0
