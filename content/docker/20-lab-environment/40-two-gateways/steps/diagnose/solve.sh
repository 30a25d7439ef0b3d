#!/bin/bash
ip route
ip route get %{site}
ping -c 2 -W 2 %{gateway}
ping -c 2 -W 2 %{site}
exit 0
