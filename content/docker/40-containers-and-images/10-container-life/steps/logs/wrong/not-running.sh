#!/bin/bash
# Stopped by mistake.
docker kill web
