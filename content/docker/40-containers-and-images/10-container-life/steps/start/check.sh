#!/bin/bash
need_engine
need_running web
page=$(inside "$CPID" /www/index.html)
case $page in *changed*) ;; *) fail recreated '<h1>changed</h1>' "$page" ;; esac
exit 0
