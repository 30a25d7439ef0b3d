#!/bin/bash
# Three small folders to build from; what is already there stays as it is.
mkdir -p /root/hello /root/lower /root/cf
[ -e /root/hello/hello.txt ] || echo 'hello from an image' >/root/hello/hello.txt
[ -e /root/hello/Dockerfile ] || printf 'FROM lab/base:1.0\nCOPY hello.txt /hello.txt\nCMD ["cat", "/hello.txt"]\n' >/root/hello/Dockerfile
[ -e /root/lower/dockerfile ] || printf 'FROM lab/base:1.0\nLABEL lab.file=lowercase\n' >/root/lower/dockerfile
[ -e /root/cf/Containerfile ] || printf 'FROM lab/base:1.0\nLABEL lab.file=containerfile\n' >/root/cf/Containerfile
