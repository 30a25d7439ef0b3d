#!/bin/bash
# Copies that no node may run.
docker swarm init --advertise-addr ens33
docker service create -d --name websvc --replicas 2 --constraint node.labels.disk==ssd lab/web:1.0
