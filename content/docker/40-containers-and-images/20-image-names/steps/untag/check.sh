#!/bin/bash
engine_runs || fail docker-down
! img my/web:stable || fail tag-left
img localhost:5001/lab/web:latest || fail image-gone localhost:5001/lab/web:latest
exit 0
