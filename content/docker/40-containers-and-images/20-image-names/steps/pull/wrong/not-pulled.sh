#!/bin/bash
# Without the registry it is another name.
docker pull lab/web || true
