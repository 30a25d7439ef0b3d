#!/bin/bash
need nmcli
nmcli -g GENERAL.CONNECTION device show ens33
