#!/bin/bash
# Only the route removed; the profile brings it back.
ip route del default dev ens34
