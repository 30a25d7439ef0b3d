#!/bin/bash
# Another label put on instead of this one taken off.
docker tag my/web:stable my/web:old
docker rmi my/web:old
