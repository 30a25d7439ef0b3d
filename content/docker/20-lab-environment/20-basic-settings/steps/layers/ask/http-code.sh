#!/bin/bash
curl -s -m 10 -o /dev/null -w '%{http_code}\n' http://www.example.com
