#!/bin/bash
set -e
docker swarm init --advertise-addr ens33
docker service create --name websvc --replicas 2 lab/web:1.0
docker service ls
