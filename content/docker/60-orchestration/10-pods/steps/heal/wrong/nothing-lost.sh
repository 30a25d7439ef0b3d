#!/bin/bash
# Only looked.
docker service ps websvc
