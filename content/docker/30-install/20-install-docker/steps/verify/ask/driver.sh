#!/bin/bash
docker info -f '{{.Driver}}'
