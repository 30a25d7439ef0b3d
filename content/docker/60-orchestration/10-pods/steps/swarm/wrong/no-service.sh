#!/bin/bash
# Swarm mode alone.
docker swarm init --advertise-addr ens33
