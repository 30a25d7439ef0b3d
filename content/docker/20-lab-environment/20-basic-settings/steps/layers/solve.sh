#!/bin/bash
ip -br addr
ip route
ping -c 2 %{gateway}
ping -c 2 %{site}
getent hosts www.example.com
ping -c 4 www.google.com
curl -sI http://www.example.com | head -1
