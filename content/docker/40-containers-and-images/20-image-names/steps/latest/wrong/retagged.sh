#!/bin/bash
# Made the name true by hand.
docker pull localhost:5001/lab/web:2.0
docker tag localhost:5001/lab/web:2.0 localhost:5001/lab/web:latest
