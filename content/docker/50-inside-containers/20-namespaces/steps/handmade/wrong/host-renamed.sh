#!/bin/bash
# Without a namespace of its own it is the host that gets the new name.
sh -c 'hostname handmade; exec sleep 3601' </dev/null >/dev/null 2>&1 &
sleep 1
