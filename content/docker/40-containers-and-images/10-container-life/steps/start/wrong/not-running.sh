#!/bin/bash
# Still stopped, only restarted in thought.
docker ps -a
