#!/bin/bash
engine_runs || fail docker-down
img localhost:5001/lab/web:latest || fail not-pulled localhost:5001/lab/web:latest
exit 0
