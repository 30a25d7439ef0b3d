#!/bin/bash
# A page to put into an image; what is already there stays.
mkdir -p /root/site
[ -e /root/site/index.html ] || echo '<h1>my site 1</h1>' >/root/site/index.html
