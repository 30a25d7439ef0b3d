#!/bin/bash
id=$(docker container inspect -f '{{.Id}}' web) || exit 1
printf '%s\n' "${id:0:12}"
