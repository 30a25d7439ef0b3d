#!/bin/bash
engine_runs || fail docker-down
answers http://localhost:5000/v2/ || fail registry-down
[ -n "$(rdigest 5000 site 1.1)" ] || fail not-pushed localhost:5000/site:1.1
exit 0
