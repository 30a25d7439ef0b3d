#!/bin/bash
systemctl stop docker.socket docker.service
