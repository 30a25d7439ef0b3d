#!/bin/bash
# The container instead of the engine.
docker restart keep
