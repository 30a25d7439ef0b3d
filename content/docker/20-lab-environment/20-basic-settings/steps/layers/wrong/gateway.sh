#!/bin/bash
# The cable is out, as it were.
ip link set ens33 down
