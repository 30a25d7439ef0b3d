#!/bin/bash
img localhost:5000/site:1.1 || exit 1
layers localhost:5000/site:1.1 | wc -l
