#!/bin/bash
nmcli device status
nmcli connection show
ip -br addr show ens33
