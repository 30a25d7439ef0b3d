#!/bin/bash
look k1 && [ "$CPID" -gt 0 ] || exit 1
ns "$CPID" pid | tr -dc '0-9'
echo
