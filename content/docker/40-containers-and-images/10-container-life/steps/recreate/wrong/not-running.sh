#!/bin/bash
# Stopped only.
docker kill web
