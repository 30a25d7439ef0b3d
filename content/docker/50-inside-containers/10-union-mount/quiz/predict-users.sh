#!/bin/bash
engine /volumes/notes >/dev/null || exit 1
containers volume notes | wc -l
