#!/bin/bash
groups=$(id -nG dev 2>/dev/null) || fail no-user
case " $groups " in *' docker '*) ;; *) fail no-group docker "$groups" ;; esac
case " $groups " in *' wheel '* | *' sudo '*) ;; *) fail lost-groups 'wheel docker' "$groups" ;; esac
exit 0
