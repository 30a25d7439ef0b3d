#!/bin/bash
set -e
setenforce 0
getenforce
