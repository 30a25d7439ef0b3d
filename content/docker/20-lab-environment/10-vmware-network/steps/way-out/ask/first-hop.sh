#!/bin/bash
need ip
ip -4 route get %{site} | sed -n 's/.* via \([^ ]*\).*/\1/p'
