#!/bin/bash
need ip ping getent curl
export RES_OPTIONS='timeout:2 attempts:1'
ping -c 1 -W 2 %{gateway} >/dev/null 2>&1 || fail gateway
way=$(ip -4 -o route get %{site} 2>/dev/null)
case "$way " in *' via %{gateway} '*) ;; *) fail route 'via %{gateway}' "${way%% uid*}" ;; esac
getent ahostsv4 www.example.com >/dev/null || fail dns
curl -fsS -m 5 -o /dev/null http://www.example.com 2>/dev/null || fail http
exit 0
