#!/bin/bash
# Stopping and starting is not creating.
docker restart -t 0 web
