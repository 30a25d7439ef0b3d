#!/bin/bash
# The firewall on, now and at boot. Docker puts its rules back when it starts anew.
systemctl unmask firewalld
systemctl enable --now firewalld
firewall-cmd -q --state
systemctl try-restart docker
