#!/bin/bash
# The wrong one of the two removed.
ip route del default dev ens33
