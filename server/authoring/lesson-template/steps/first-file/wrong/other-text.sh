#!/bin/bash
echo hallo > "$HOME/@id@.txt"
