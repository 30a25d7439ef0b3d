#!/bin/bash
set -e
docker version
docker info -f 'engine {{.ServerVersion}}  driver {{.Driver}}  cgroup v{{.CgroupVersion}}  runtime {{.DefaultRuntime}}'
if docker image inspect lab/base:1.0 >/dev/null 2>&1; then
  docker run --name hello lab/base:1.0 echo hello
else
  docker run --name hello hello-world
fi
