#!/bin/bash
# Only one of the two.
docker rm once
