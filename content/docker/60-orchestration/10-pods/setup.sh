#!/bin/bash
# Two folders to build from; what is already there stays as it is.
mkdir -p /root/hello /root/cf
[ -e /root/hello/hello.txt ] || echo 'hello from an image' >/root/hello/hello.txt
[ -e /root/hello/Dockerfile ] || printf 'FROM lab/base:1.0\nCOPY hello.txt /hello.txt\nCMD ["cat", "/hello.txt"]\n' >/root/hello/Dockerfile
[ -e /root/cf/Containerfile ] || printf 'FROM lab/base:1.0\nLABEL lab.file=containerfile\n' >/root/cf/Containerfile
