#!/bin/bash
look k1 && [ "$CPID" -gt 0 ] || exit 1
lsns -t pid -n -o NS | wc -l
