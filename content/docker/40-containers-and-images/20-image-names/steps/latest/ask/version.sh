#!/bin/bash
# The tag that has the same digest as latest, as the registry tells.
need curl
latest=$(rdigest 5001 lab/web latest)
[ -n "$latest" ] || broken 'The registry on localhost:5001 does not answer.'
for tag in 1.0 2.0; do
  [ "$(rdigest 5001 lab/web "$tag")" != "$latest" ] || echo "$tag"
done
