#!/bin/bash
need getenforce
mode=$(getenforce)
[ "$mode" = Permissive ] || fail mode Permissive "$mode"
exit 0
