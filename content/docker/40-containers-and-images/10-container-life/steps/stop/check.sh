#!/bin/bash
need_engine
state=$(status web) || fail removed
[ "$state" = exited ] || fail still-running exited "$state"
exit 0
