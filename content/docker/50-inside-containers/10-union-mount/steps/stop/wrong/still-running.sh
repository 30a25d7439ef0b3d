#!/bin/bash
# Frozen, not stopped.
docker pause u1
