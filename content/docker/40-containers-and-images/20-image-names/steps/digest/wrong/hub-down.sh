#!/bin/bash
# The registry switched off.
systemctl stop hub
