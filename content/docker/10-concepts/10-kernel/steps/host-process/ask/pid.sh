#!/bin/bash
look k1 && printf '%s\n' "$CPID"
