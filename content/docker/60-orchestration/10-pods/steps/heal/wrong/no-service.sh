#!/bin/bash
# The whole service removed instead of one container.
docker service rm websvc
