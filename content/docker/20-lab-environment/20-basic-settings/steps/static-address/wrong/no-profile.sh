#!/bin/bash
# A machine whose profile has the installer's name.
nmcli connection modify ens33 connection.id 'Wired connection 1'
