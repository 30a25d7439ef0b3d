#!/bin/bash
img lab/hello:1.0 || exit 1
layers lab/hello:1.0 | wc -l
