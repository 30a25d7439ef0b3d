#!/bin/bash
docker image inspect -f '{{len .RootFS.Layers}}' lab/hello:1.0 2>/dev/null
