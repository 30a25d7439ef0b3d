#!/bin/bash
# The number forgotten: one copy.
docker swarm init --advertise-addr ens33
docker service create -d --name websvc lab/web:1.0
