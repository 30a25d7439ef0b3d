#!/bin/bash
rm -f ~/pod.yaml
