#!/bin/bash
# The profile deleted.
nmcli connection delete ens34
