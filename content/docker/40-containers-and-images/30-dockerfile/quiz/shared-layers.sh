#!/bin/bash
[ -n "$(layers site:1.0)" ] && [ -n "$(layers localhost:5000/site:1.1)" ] || exit 1
comm -12 <(layers site:1.0 | sort) <(layers localhost:5000/site:1.1 | sort) | wc -l
