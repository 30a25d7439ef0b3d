#!/bin/bash
ip route
ip route get %{site}
grep nameserver /etc/resolv.conf
