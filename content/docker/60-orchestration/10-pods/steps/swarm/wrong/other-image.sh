#!/bin/bash
# Another tag.
docker swarm init --advertise-addr ens33
docker service create -d --name websvc --replicas 2 lab/web:2.0
