#!/bin/bash
docker image inspect -f '{{len .RootFS.Layers}}' lab/web:1.0
