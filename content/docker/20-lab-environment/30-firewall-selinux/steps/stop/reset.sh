#!/bin/bash
# The firewall on, now and at boot, and told to Docker, which then puts its rules back.
systemctl unmask firewalld
systemctl enable --now firewalld
firewall-cmd -q --reload
