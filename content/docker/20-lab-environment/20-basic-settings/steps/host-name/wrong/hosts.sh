#!/bin/bash
# The name without a line in /etc/hosts.
hostnamectl set-hostname master.example.com
