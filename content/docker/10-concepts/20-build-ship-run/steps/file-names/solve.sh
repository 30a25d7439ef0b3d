#!/bin/bash
ls /root/lower /root/cf
docker build -t lab/hello:lower /root/lower
docker build -t lab/hello:cf /root/cf
docker build -t lab/hello:cf -f /root/cf/Containerfile /root/cf
