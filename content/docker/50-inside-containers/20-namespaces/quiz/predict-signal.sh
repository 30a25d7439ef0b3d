#!/bin/bash
# The signal that ended n1, by its exit code.
look n1 && [ "$STATUS" = exited ] && [ "$CODE" -gt 128 ] || exit 1
kill -l "$CODE"
