#!/bin/bash
# The card switched off instead of repaired.
nmcli device disconnect ens34
