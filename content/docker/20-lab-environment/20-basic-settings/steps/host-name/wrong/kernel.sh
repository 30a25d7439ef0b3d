#!/bin/bash
# The file edited by hand; the kernel is not told.
echo master.example.com > /etc/hostname
echo '%{vm} master.example.com master' >> /etc/hosts
