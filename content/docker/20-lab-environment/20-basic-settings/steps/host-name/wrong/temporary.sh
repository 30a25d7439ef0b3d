#!/bin/bash
# Only the name in memory.
hostname master.example.com
echo '%{vm} master.example.com master' >> /etc/hosts
