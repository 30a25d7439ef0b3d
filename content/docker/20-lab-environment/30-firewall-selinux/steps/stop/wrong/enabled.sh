#!/bin/bash
# Only for now.
systemctl stop firewalld
systemctl try-restart docker
