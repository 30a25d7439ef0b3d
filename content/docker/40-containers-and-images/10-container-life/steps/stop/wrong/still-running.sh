#!/bin/bash
# Frozen, not stopped.
docker pause web
