#!/bin/bash
need ip
ip -4 -o addr show dev ens33 | awk '{ print $4; exit }'
