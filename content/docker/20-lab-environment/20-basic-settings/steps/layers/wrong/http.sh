#!/bin/bash
# A firewall rule against the web alone.
iptables -I OUTPUT -p tcp --dport 80 -j REJECT
