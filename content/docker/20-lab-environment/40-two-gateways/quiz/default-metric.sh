#!/bin/bash
# The metric of the default route over ens33; a route without one has metric 0.
ip -4 route show default dev ens33 | awk '
  { metric = 0; for (i = 1; i < NF; i++) if ($i == "metric") metric = $(i + 1) }
  NR == 1 { print metric }'
