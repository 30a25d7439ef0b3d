#!/bin/bash
docker volume inspect -f '{{.Mountpoint}}' notes
