#!/bin/bash
# What `side` gets, without tags; nothing that anybody would type when it gets nothing.
need podman
page=$(timeout 20 podman exec side wget -qO- http://127.0.0.1:80/ 2>/dev/null | sed 's/<[^>]*>//g')
echo "${page:-(nothing answers in the pod)}"
