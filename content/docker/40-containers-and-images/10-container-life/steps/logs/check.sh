#!/bin/bash
need_engine
need_running web
docker logs web 2>&1 | grep -q 'response:404' || fail no-request
exit 0
