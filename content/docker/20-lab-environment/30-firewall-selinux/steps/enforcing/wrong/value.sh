#!/bin/bash
# Only for now.
setenforce 1
