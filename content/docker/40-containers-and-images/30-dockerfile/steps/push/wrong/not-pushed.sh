#!/bin/bash
# Named, but not pushed.
docker tag site:1.1 localhost:5000/site:1.1
