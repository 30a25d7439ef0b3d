#!/bin/bash
# A slip of the finger in the name.
hostnamectl set-hostname master.exmaple.com
echo '%{vm} master.example.com master' >> /etc/hosts
