#!/bin/bash
docker pull localhost:5001/lab/web
