#!/bin/bash
look n1 && [ "$CPID" != 0 ] || exit 1
ns "$CPID" pid | tr -dc 0-9
