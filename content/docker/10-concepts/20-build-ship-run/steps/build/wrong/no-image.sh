#!/bin/bash
# Built, but without a name.
docker build /root/hello
