#!/bin/bash
img lab/web:1.0 || exit 1
layers lab/web:1.0 | wc -l
