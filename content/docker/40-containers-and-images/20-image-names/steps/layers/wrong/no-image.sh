#!/bin/bash
# Tidied away too much.
docker rmi lab/web:1.0
