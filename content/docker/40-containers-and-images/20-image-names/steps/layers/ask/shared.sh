#!/bin/bash
comm -12 <(layers lab/web:1.0 | sort) <(layers lab/base:1.0 | sort) | wc -l
