#!/bin/bash
need rpm
rpm -qf --qf '%{NAME}\n' "$(command -v runc)"
