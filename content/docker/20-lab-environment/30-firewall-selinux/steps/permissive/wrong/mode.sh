#!/bin/bash
# The other number.
setenforce 1
