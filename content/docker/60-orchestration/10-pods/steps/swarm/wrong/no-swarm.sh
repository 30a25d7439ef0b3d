#!/bin/bash
# A service without a swarm is refused.
docker service create --name websvc --replicas 2 lab/web:1.0
exit 0
